// GELU (arXiv 1606.08415) with the exact normal distribution: one exp an element, for value and gradient, where libtorch has an
// erf and, for the gradient, an exp.
#include "elements.h"
#include "fast_kernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/gelu_backward_cpu_dispatch.h>
#include <ATen/ops/gelu_cpu_dispatch.h>

#include <cmath>

using namespace nngpt;

namespace {

constexpr int64_t Grain = 1 << 15;

// The standard normal distribution at x, to 8e-8 (Abramowitz and Stegun 7.1.26); `power` becomes exp(-x^2 / 2).
NNGPT_INLINE float distribution(float x, float& power) {
  const float z = std::fabs(x) * 0.70710678f;
  power = fast_exp(-z * z);
  const float t = 1.0f / (1.0f + 0.3275911f * z);
  const float polynomial = t * (0.254829592f + t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
  const float tail = 0.5f * polynomial * power;
  return x < 0 ? tail : 1.0f - tail;
}

template <class T>
NNGPT_INLINE void gelu_elements(const T* __restrict x, T* __restrict y, int64_t begin, int64_t end) {
#pragma omp simd
  for (int64_t i = begin; i < end; ++i) {
    float power;
    const float value = load(x[i]);
    store(y[i], value * distribution(value, power));
  }
}

template <class T>
NNGPT_INLINE void gelu_backward_elements(const T* __restrict x, const T* __restrict dy, T* __restrict dx, int64_t begin, int64_t end) {
#pragma omp simd
  for (int64_t i = begin; i < end; ++i) {
    float power;
    const float value = load(x[i]);
    const float below = distribution(value, power);
    store(dx[i], load(dy[i]) * (below + value * power * 0.39894228f));
  }
}

NNGPT_CLONES void gelu_loop(const float* x, float* y, int64_t begin, int64_t end) { gelu_elements(x, y, begin, end); }
NNGPT_CLONES void gelu_loop(const bf16* x, bf16* y, int64_t begin, int64_t end) { gelu_elements(x, y, begin, end); }
NNGPT_CLONES void gelu_backward_loop(const float* x, const float* dy, float* dx, int64_t begin, int64_t end) {
  gelu_backward_elements(x, dy, dx, begin, end);
}
NNGPT_CLONES void gelu_backward_loop(const bf16* x, const bf16* dy, bf16* dx, int64_t begin, int64_t end) {
  gelu_backward_elements(x, dy, dx, begin, end);
}

bool fits(const at::Tensor& x, c10::string_view approximate) {
  return fast_kernels && approximate == "none" && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16) &&
      x.layout() == at::kStrided && x.is_non_overlapping_and_dense();
}

at::Tensor gelu(const at::Tensor& x, c10::string_view approximate) {
  if (!fits(x, approximate)) return at::cpu::gelu(x, approximate);
  at::Tensor y = at::empty_like(x);
  by_type(x, [&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    at::parallel_for(0, x.numel(), Grain, [&](int64_t begin, int64_t end) { gelu_loop(data<T>(x), data<T>(y), begin, end); });
  });
  return y;
}

at::Tensor gelu_backward(const at::Tensor& dy, const at::Tensor& x, c10::string_view approximate) {
  if (!fits(x, approximate) || dy.scalar_type() != x.scalar_type() || dy.sizes() != x.sizes() || dy.strides() != x.strides()) {
    return at::cpu::gelu_backward(dy, x, approximate);
  }
  at::Tensor dx = at::empty_like(x);
  by_type(x, [&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    at::parallel_for(0, x.numel(), Grain, [&](int64_t begin, int64_t end) {
      gelu_backward_loop(data<T>(x), data<T>(dy), data<T>(dx), begin, end);
    });
  });
  return dx;
}

}  // namespace

void nngpt::register_gelu(torch::Library& library) {
  library.impl("gelu", gelu);
  library.impl("gelu_backward", gelu_backward);
}
