// Softmax over the last dimension, with an exp that vectorises.
#include "elements.h"
#include "fast_kernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/_softmax_backward_data_cpu_dispatch.h>
#include <ATen/ops/_softmax_cpu_dispatch.h>

#include <algorithm>
#include <vector>

using namespace nngpt;

namespace {

constexpr int64_t Grain = 1 << 14;

// `buffer` has room for a row.
template <class T>
NNGPT_INLINE void softmax_rows(const T* x, T* y, float* __restrict buffer, int64_t begin, int64_t end, int64_t width) {
  for (int64_t row = begin; row < end; ++row) {
    const T* __restrict in = x + row * width;
    T* __restrict out = y + row * width;
    float top = -INFINITY;
#pragma omp simd reduction(max : top)
    for (int64_t i = 0; i < width; ++i) {
      const float value = load(in[i]);
      buffer[i] = value;
      top = value > top ? value : top;
    }
    float total = 0;
#pragma omp simd reduction(+ : total)
    for (int64_t i = 0; i < width; ++i) {
      const float distance = buffer[i] - top, power = fast_exp(distance);
      // What is masked with minus infinity is 0, not tiny.
      buffer[i] = distance < -87.0f ? 0.0f : power;
      total += buffer[i];
    }
    const float inverse = 1.0f / total;
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) store(out[i], buffer[i] * inverse);
  }
}

template <class T>
NNGPT_INLINE void backward_rows(const T* dy, const T* y, T* dx, int64_t begin, int64_t end, int64_t width) {
  for (int64_t row = begin; row < end; ++row) {
    const T* __restrict g = dy + row * width;
    const T* __restrict p = y + row * width;
    T* __restrict out = dx + row * width;
    float dot = 0;
#pragma omp simd reduction(+ : dot)
    for (int64_t i = 0; i < width; ++i) dot += load(g[i]) * load(p[i]);
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) store(out[i], (load(g[i]) - dot) * load(p[i]));
  }
}

NNGPT_CLONES void forward(const float* x, float* y, float* buffer, int64_t begin, int64_t end, int64_t width) {
  softmax_rows(x, y, buffer, begin, end, width);
}
NNGPT_CLONES void forward(const bf16* x, bf16* y, float* buffer, int64_t begin, int64_t end, int64_t width) {
  softmax_rows(x, y, buffer, begin, end, width);
}
NNGPT_CLONES void backward(const float* dy, const float* y, float* dx, int64_t begin, int64_t end, int64_t width) {
  backward_rows(dy, y, dx, begin, end, width);
}
NNGPT_CLONES void backward(const bf16* dy, const bf16* y, bf16* dx, int64_t begin, int64_t end, int64_t width) {
  backward_rows(dy, y, dx, begin, end, width);
}

bool fits(const at::Tensor& tensor, int64_t dim) {
  return fast_kernels && (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kBFloat16) && tensor.layout() == at::kStrided &&
      tensor.numel() > 0 && tensor.dim() > 0 && (dim == -1 || dim == tensor.dim() - 1) && tensor.is_contiguous();
}

// Runs the body for ranges of rows, with a pointer type for the elements.
template <class F>
void by_rows(const at::Tensor& tensor, F&& body) {
  const int64_t width = tensor.size(-1);
  by_type(tensor, [&](auto* type) {
    at::parallel_for(0, tensor.numel() / width, std::max<int64_t>(1, Grain / width), [&](int64_t begin, int64_t end) { body(type, begin, end, width); });
  });
}

at::Tensor softmax(const at::Tensor& x, int64_t dim, bool half_to_float) {
  if (!fits(x, dim) || half_to_float) return at::cpu::_softmax(x, dim, half_to_float);
  at::Tensor y = at::empty_like(x);
  by_rows(x, [&](auto* type, int64_t begin, int64_t end, int64_t width) {
    using T = std::remove_pointer_t<decltype(type)>;
    std::vector<float> buffer(width);
    forward(data<T>(x), data<T>(y), buffer.data(), begin, end, width);
  });
  return y;
}

at::Tensor softmax_backward(const at::Tensor& dy, const at::Tensor& y, int64_t dim, at::ScalarType input_dtype) {
  if (!fits(dy, dim) || !fits(y, dim) || dy.sizes() != y.sizes() || dy.scalar_type() != input_dtype || y.scalar_type() != input_dtype) {
    return at::cpu::_softmax_backward_data(dy, y, dim, input_dtype);
  }
  at::Tensor dx = at::empty_like(y);
  by_rows(y, [&](auto* type, int64_t begin, int64_t end, int64_t width) {
    using T = std::remove_pointer_t<decltype(type)>;
    backward(data<T>(dy), data<T>(y), data<T>(dx), begin, end, width);
  });
  return dx;
}

}  // namespace

void nngpt::register_softmax(torch::Library& library) {
  library.impl("_softmax", softmax);
  library.impl("_softmax_backward_data", softmax_backward);
}
