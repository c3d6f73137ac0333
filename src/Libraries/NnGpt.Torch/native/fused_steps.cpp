// One step of SGD or Adam for one parameter, and the norm of one gradient, in one pass over the memory of each. Every function
// says with 1 that it has done it, and with 0 that the tensors are not ones that it takes; then nothing has changed.
#include "adamw.h"
#include "elements.h"
#include "shim.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

using namespace nngpt;

namespace {

constexpr int64_t Grain = 1 << 16;
constexpr int64_t NormBlock = 1 << 12;

struct SgdStep {
  float lr, momentum, new_part, weight_decay;
};

NNGPT_CLONES void sgd(float* __restrict parameter, const float* __restrict gradient, int64_t n, const SgdStep s) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) parameter[i] -= s.lr * (gradient[i] + s.weight_decay * parameter[i]);
}

NNGPT_CLONES void sgd_momentum(float* __restrict parameter, const float* __restrict gradient, float* __restrict buffer, int64_t n, const SgdStep s) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) {
    const float g = gradient[i] + s.weight_decay * parameter[i];
    buffer[i] = s.momentum * buffer[i] + s.new_part * g;
    parameter[i] -= s.lr * buffer[i];
  }
}

NNGPT_CLONES void sgd_nesterov(float* __restrict parameter, const float* __restrict gradient, float* __restrict buffer, int64_t n, const SgdStep s) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) {
    const float g = gradient[i] + s.weight_decay * parameter[i];
    buffer[i] = s.momentum * buffer[i] + s.new_part * g;
    parameter[i] -= s.lr * (g + s.momentum * buffer[i]);
  }
}

NNGPT_CLONES void adam(float* __restrict parameter, const float* __restrict gradient, float* __restrict m, float* __restrict v, int64_t n,
    float coupled_decay, const AdamWStep s) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) {
    const float g = gradient[i] + coupled_decay * parameter[i];
    m[i] = s.beta1 * m[i] + s.one_minus_beta1 * g;
    v[i] = s.beta2 * v[i] + s.one_minus_beta2 * g * g;
    parameter[i] = parameter[i] * s.keep - s.step_size * m[i] / (std::sqrt(v[i]) * s.inverse_root_correction + s.eps);
  }
}

NNGPT_CLONES float squares(const float* x, int64_t n) {
  float total = 0;
#pragma omp simd reduction(+ : total)
  for (int64_t i = 0; i < n; ++i) total += x[i] * x[i];
  return total;
}

bool is_dense(const at::Tensor& tensor) {
  return tensor.defined() && tensor.device().is_cpu() && tensor.layout() == at::kStrided && tensor.scalar_type() == at::kFloat &&
      tensor.is_non_overlapping_and_dense() && !tensor.is_neg() && !tensor._is_zerotensor();
}

// Whether element i of the memory of each is the same element.
bool lie_alike(const at::Tensor& first, const at::Tensor& second) {
  return is_dense(second) && second.sizes() == first.sizes() && second.strides() == first.strides();
}

template <class F>
int32_t tried(F&& body) {
  try {
    return body();
  } catch (...) {
    remember_current_exception();
    return 0;
  }
}

}  // namespace

// A null buffer is no momentum. The buffer is one that a step before has left.
NNGPT_EXPORT int32_t nngpt_try_sgd(void* parameter_handle, void* gradient_handle, void* buffer_handle, double lr, double momentum, double dampening,
    double weight_decay, int32_t nesterov) {
  return tried([&] {
    const at::Tensor parameter = borrow(parameter_handle), gradient = borrow(gradient_handle), buffer = borrow(buffer_handle);
    if (!is_dense(parameter) || !lie_alike(parameter, gradient) || (buffer.defined() && !lie_alike(parameter, buffer))) return 0;
    float *p = data<float>(parameter), *b = buffer.defined() ? data<float>(buffer) : nullptr;
    const float* g = data<float>(gradient);
    const SgdStep s{float(lr), float(momentum), float(1 - dampening), float(weight_decay)};
    at::parallel_for(0, parameter.numel(), Grain, [&](int64_t begin, int64_t end) {
      if (b == nullptr) return sgd(p + begin, g + begin, end - begin, s);
      if (nesterov) return sgd_nesterov(p + begin, g + begin, b + begin, end - begin, s);
      sgd_momentum(p + begin, g + begin, b + begin, end - begin, s);
    });
    parameter.unsafeGetTensorImpl()->bump_version();
    if (buffer.defined()) buffer.unsafeGetTensorImpl()->bump_version();
    return 1;
  });
}

// Weight decay is either decoupled (AdamW) or a part of the gradient (Adam). `step` is this one's number, from 1.
NNGPT_EXPORT int32_t nngpt_try_adam(void* parameter_handle, void* gradient_handle, void* first_handle, void* second_handle, int64_t step, double lr,
    double beta1, double beta2, double eps, double weight_decay, int32_t decoupled) {
  return tried([&] {
    const at::Tensor parameter = borrow(parameter_handle), gradient = borrow(gradient_handle), first = borrow(first_handle), second = borrow(second_handle);
    if (!is_dense(parameter)) return 0;
    for (const auto& tensor : {gradient, first, second}) {
      if (!lie_alike(parameter, tensor)) return 0;
    }
    float *p = data<float>(parameter), *m = data<float>(first), *v = data<float>(second);
    const float* g = data<float>(gradient);
    const AdamWStep s(step, lr, beta1, beta2, eps, decoupled ? weight_decay : 0, 1);
    at::parallel_for(0, parameter.numel(), Grain, [&](int64_t begin, int64_t end) {
      adam(p + begin, g + begin, m + begin, v + begin, end - begin, float(decoupled ? 0 : weight_decay), s);
    });
    for (const auto& tensor : {parameter, first, second}) tensor.unsafeGetTensorImpl()->bump_version();
    return 1;
  });
}

// The sum of squares, blocks of it in float32 and theirs in float64.
NNGPT_EXPORT int32_t nngpt_try_squares(void* handle, double* result) {
  return tried([&] {
    const at::Tensor tensor = borrow(handle);
    if (!is_dense(tensor)) return 0;
    const float* x = data<float>(tensor);
    const int64_t n = tensor.numel(), blocks = (n + NormBlock - 1) / NormBlock;
    *result = at::parallel_reduce(int64_t(0), blocks, Grain / NormBlock, 0.0, [&](int64_t begin, int64_t end, double sum) {
      for (int64_t block = begin; block < end; ++block) sum += squares(x + block * NormBlock, std::min(NormBlock, n - block * NormBlock));
      return sum;
    }, std::plus<double>());
    return 1;
  });
}
