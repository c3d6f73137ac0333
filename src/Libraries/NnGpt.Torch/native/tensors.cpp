// Tensors by handle: data, shape, autograd state.
#include "shim.h"

#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include <cstring>

using namespace nngpt;

namespace {

at::TensorImpl* impl(void* handle) {
  return static_cast<at::TensorImpl*>(handle);
}

}  // namespace

NNGPT_EXPORT void nngpt_tensor_free(void* handle) {
  if (handle) c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(impl(handle));
}

NNGPT_EXPORT void nngpt_tensor_free_many(void** handles, int32_t n) {
  for (int32_t i = 0; i < n; ++i) nngpt_tensor_free(handles[i]);
}

// Another handle of the same tensor object (shares data and autograd state).
NNGPT_EXPORT void* nngpt_tensor_share(void* handle) {
  return release(borrow(handle));
}

// A tensor on the CPU with a copy of the bytes.
NNGPT_EXPORT int32_t nngpt_tensor_from_data(
    const void* data, int64_t bytes, const int64_t* sizes, int32_t dim, int32_t dtype, void** out) {
  return guarded([&] {
    at::Tensor tensor = at::empty(at::IntArrayRef(sizes, dim), at::TensorOptions(static_cast<at::ScalarType>(dtype)));
    TORCH_CHECK(int64_t(tensor.nbytes()) == bytes, "the data has ", bytes, " bytes but the shape needs ", tensor.nbytes());
    if (bytes > 0) std::memcpy(tensor.data_ptr(), data, bytes);
    *out = release(std::move(tensor));
  });
}

// A 0-dim tensor that takes part in type promotion as a Python number does.
NNGPT_EXPORT int32_t nngpt_tensor_from_number(const Value* number, void** out) {
  return guarded([&] {
    at::Scalar scalar = number->tag == TAG_DOUBLE ? at::Scalar(number->d)
        : number->tag == TAG_BOOL                 ? at::Scalar(number->i != 0)
                                                  : at::Scalar(number->i);
    at::Tensor tensor = at::scalar_tensor(scalar, at::TensorOptions(scalar.type()));
    tensor.unsafeGetTensorImpl()->set_wrapped_number(true);
    *out = release(std::move(tensor));
  });
}

NNGPT_EXPORT void* nngpt_tensor_data(void* handle) {
  try {
    return borrow(handle).data_ptr();
  } catch (...) {
    remember_current_exception();
    return nullptr;
  }
}

NNGPT_EXPORT int32_t nngpt_tensor_dim(void* handle) {
  return static_cast<int32_t>(impl(handle)->dim());
}

NNGPT_EXPORT int64_t nngpt_tensor_numel(void* handle) {
  return impl(handle)->numel();
}

NNGPT_EXPORT void nngpt_tensor_sizes(void* handle, int64_t* out) {
  auto sizes = impl(handle)->sizes();
  std::copy(sizes.begin(), sizes.end(), out);
}

NNGPT_EXPORT int32_t nngpt_tensor_strides(void* handle, int64_t* out) {
  return guarded([&] {
    auto strides = impl(handle)->strides();
    std::copy(strides.begin(), strides.end(), out);
  });
}

NNGPT_EXPORT int32_t nngpt_tensor_dtype(void* handle) {
  return static_cast<int32_t>(c10::typeMetaToScalarType(impl(handle)->dtype()));
}

NNGPT_EXPORT int32_t nngpt_tensor_layout(void* handle) {
  return static_cast<int32_t>(impl(handle)->layout());
}

NNGPT_EXPORT int64_t nngpt_tensor_device(void* handle) {
  c10::Device device = impl(handle)->device();
  return (int64_t(device.type()) << 16) | (int64_t(device.index()) + 1);
}

NNGPT_EXPORT int32_t nngpt_tensor_is_contiguous(void* handle, int32_t memory_format) {
  return impl(handle)->is_contiguous(static_cast<at::MemoryFormat>(memory_format));
}

NNGPT_EXPORT int32_t nngpt_tensor_is_same(void* left, void* right) {
  return left == right;
}

// An address that two tensors share when they share storage.
NNGPT_EXPORT void* nngpt_tensor_storage(void* handle) {
  return impl(handle)->has_storage() ? static_cast<void*>(impl(handle)->storage().unsafeGetStorageImpl()) : nullptr;
}

NNGPT_EXPORT int32_t nngpt_tensor_requires_grad(void* handle) {
  return borrow(handle).requires_grad();
}

NNGPT_EXPORT int32_t nngpt_tensor_set_requires_grad(void* handle, int32_t value) {
  return guarded([&] {
    at::Tensor tensor = borrow(handle);
    if (!tensor.is_leaf() && !value) {
      TORCH_CHECK(false,
          "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a "
          "subgraph that doesn't require differentiation use var_no_grad = var.detach().");
    }
    if (value) {
      TORCH_CHECK(at::isFloatingType(tensor.scalar_type()) || at::isComplexType(tensor.scalar_type()),
          "only Tensors of floating point dtype can require gradients");
    }
    if (!tensor.is_leaf()) return;
    tensor.set_requires_grad(value != 0);
  });
}

NNGPT_EXPORT int32_t nngpt_tensor_is_leaf(void* handle) {
  return borrow(handle).is_leaf();
}

NNGPT_EXPORT int32_t nngpt_tensor_retain_grad(void* handle) {
  return guarded([&] { borrow(handle).retain_grad(); });
}

// Called during backward with a new handle of the gradient. Gives a handle of what takes its place, null to keep it, or
// the handle it got when it failed; what went wrong is then the caller's to tell.
typedef void* (*GradientHook)(int64_t id, void* gradient);

NNGPT_EXPORT int32_t nngpt_tensor_register_hook(void* handle, GradientHook hook, int64_t id) {
  return guarded([&] {
    borrow(handle).register_hook([hook, id](at::Tensor gradient) -> at::Tensor {
      void* given = release(gradient);
      void* changed = hook(id, given);
      if (changed == given && given != nullptr) throw std::runtime_error("a gradient hook failed");
      return at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(
          changed == nullptr ? at::UndefinedTensorImpl::singleton() : static_cast<at::TensorImpl*>(changed)));
    });
  });
}

NNGPT_EXPORT void* nngpt_tensor_grad(void* handle) {
  return release(borrow(handle).grad());
}

NNGPT_EXPORT int32_t nngpt_tensor_set_grad(void* handle, void* gradient) {
  return guarded([&] { borrow(handle).mutable_grad() = borrow(gradient); });
}

// Drops the gradient of a leaf when nobody else holds it or its memory, and no graph goes through it; whether it did.
NNGPT_EXPORT int32_t nngpt_tensor_try_drop_grad(void* handle) {
  at::Tensor tensor = borrow(handle);
  if (!tensor.is_leaf()) return 0;
  at::Tensor& gradient = tensor.mutable_grad();
  if (!gradient.defined() || gradient.use_count() != 1 || !gradient.has_storage() || gradient.storage().use_count() != 1 || gradient.requires_grad())
    return 0;
  gradient.reset();
  return 1;
}

// The name of the autograd node, as in PyTorch's "grad_fn=<AddBackward0>"; empty for a leaf.
NNGPT_EXPORT char* nngpt_tensor_grad_fn(void* handle) {
  try {
    at::Tensor tensor = borrow(handle);
    return strdup(tensor.grad_fn() ? tensor.grad_fn()->name().c_str() : "");
  } catch (...) {
    remember_current_exception();
    return strdup("");
  }
}

// tensor.data: the same storage, no history.
NNGPT_EXPORT int32_t nngpt_tensor_variable_data(void* handle, void** out) {
  return guarded([&] { *out = release(borrow(handle).variable_data()); });
}

// tensor.data = other.
NNGPT_EXPORT int32_t nngpt_tensor_set_data(void* handle, void* data) {
  return guarded([&] { borrow(handle).set_data(borrow(data)); });
}

NNGPT_EXPORT int32_t nngpt_tensor_version(void* handle, int64_t* out) {
  return guarded([&] { *out = borrow(handle)._version(); });
}

namespace {

torch::autograd::variable_list list_of(void** handles, int32_t n) {
  torch::autograd::variable_list list;
  for (int32_t i = 0; i < n; ++i) list.push_back(borrow(handles[i]));
  return list;
}

}  // namespace

NNGPT_EXPORT int32_t nngpt_backward(
    void** tensors, int32_t n, void** gradients, int32_t gradient_count, int32_t retain_graph, int32_t create_graph) {
  return guarded([&] {
    torch::autograd::backward(
        list_of(tensors, n), list_of(gradients, gradient_count), retain_graph != 0, create_graph != 0);
  });
}

// torch.autograd.grad; `out` has room for one handle per input, null where it is unused.
NNGPT_EXPORT int32_t nngpt_grad(void** outputs, int32_t n, void** inputs, int32_t input_count, void** gradients,
    int32_t gradient_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** out) {
  return guarded([&] {
    auto result = torch::autograd::grad(list_of(outputs, n), list_of(inputs, input_count),
        list_of(gradients, gradient_count), retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (int32_t i = 0; i < input_count; ++i) out[i] = release(std::move(result[i]));
  });
}
