// The C interface between NnGpt.Torch and libtorch. No exception crosses it: every function that can fail
// returns an ErrorCode and leaves the message for nngpt_last_error on the calling thread.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>

#define NNGPT_EXPORT extern "C" __attribute__((visibility("default")))

namespace nngpt {

enum ErrorCode : int32_t {
  OK = 0,
  RUNTIME_ERROR = 1,
  INDEX_ERROR = 2,
  VALUE_ERROR = 3,
  TYPE_ERROR = 4,
  NOT_IMPLEMENTED_ERROR = 5,
  OUT_OF_MEMORY_ERROR = 6,
  LINALG_ERROR = 7,
};

enum Tag : int32_t {
  TAG_NONE = 0,
  TAG_TENSOR = 1,
  TAG_INT = 2,
  TAG_DOUBLE = 3,
  TAG_BOOL = 4,
  TAG_STRING = 5,
  TAG_INTS = 6,
  TAG_DOUBLES = 7,
  TAG_BOOLS = 8,
  TAG_TENSORS = 9,
  TAG_DEVICE = 10,  // i = type << 16 | (index + 1)
  TAG_GENERATOR = 11,
  TAG_DEFAULT = 12,
};

// A value on its way in or out. n is the length of a string or list; p points to UTF-8 text, int64_t, double,
// uint8_t (booleans) or tensor handles.
struct Value {
  int32_t tag;
  int32_t n;
  union {
    int64_t i;
    double d;
    void* p;
  };
};
static_assert(sizeof(Value) == 16, "Value is shared with managed code");

ErrorCode remember_current_exception() noexcept;

// A handle owns one reference; null is the undefined tensor.
inline void* release(at::Tensor tensor) {
  return tensor.defined() ? static_cast<void*>(tensor.unsafeReleaseTensorImpl()) : nullptr;
}

// A new reference to the tensor of a handle; the handle keeps its own.
inline at::Tensor borrow(void* handle) {
  if (handle == nullptr) {
    return at::Tensor();
  }
  return at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::unsafe_reclaim_from_nonowning(
      static_cast<at::TensorImpl*>(handle)));
}

template <class F>
int32_t guarded(F&& body) noexcept {
  try {
    body();
    return OK;
  } catch (...) {
    return remember_current_exception();
  }
}

}  // namespace nngpt
