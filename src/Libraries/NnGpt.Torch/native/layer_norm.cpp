// Layer normalisation (arXiv 1607.06450) of float32: a row stays in the first-level cache for its passes.
#include "elements.h"
#include "fast_kernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/native_layer_norm_backward_cpu_dispatch.h>
#include <ATen/ops/native_layer_norm_cpu_dispatch.h>

#include <algorithm>
#include <vector>

using namespace nngpt;

namespace {

constexpr int64_t Grain = 1 << 15;

// Weight and bias may be null.
NNGPT_CLONES void normalize(const float* x, const float* weight, const float* bias, float eps, float* y, float* means, float* inverses, int64_t begin,
    int64_t end, int64_t width) {
  for (int64_t row = begin; row < end; ++row) {
    const float* __restrict in = x + row * width;
    float* __restrict out = y + row * width;
    float sum = 0, squares = 0;
#pragma omp simd reduction(+ : sum)
    for (int64_t i = 0; i < width; ++i) sum += in[i];
    const float mean = sum / float(width);
#pragma omp simd reduction(+ : squares)
    for (int64_t i = 0; i < width; ++i) squares += (in[i] - mean) * (in[i] - mean);
    const float inverse = 1.0f / std::sqrt(squares / float(width) + eps);
    means[row] = mean;
    inverses[row] = inverse;
    if (weight != nullptr && bias != nullptr) {
#pragma omp simd
      for (int64_t i = 0; i < width; ++i) out[i] = (in[i] - mean) * inverse * weight[i] + bias[i];
    } else {
      for (int64_t i = 0; i < width; ++i) out[i] = (in[i] - mean) * inverse * (weight == nullptr ? 1.0f : weight[i]) + (bias == nullptr ? 0.0f : bias[i]);
    }
  }
}

// dweight and dbias accumulate over the rows.
NNGPT_CLONES void differentiate(const float* x, const float* dy, const float* weight, const float* means, const float* inverses, float* dx,
    float* __restrict dweight, float* __restrict dbias, int64_t begin, int64_t end, int64_t width) {
  for (int64_t row = begin; row < end; ++row) {
    const float* __restrict in = x + row * width;
    const float* __restrict g = dy + row * width;
    float* __restrict out = dx + row * width;
    const float mean = means[row], inverse = inverses[row];
    float sum = 0, dot = 0;
#pragma omp simd reduction(+ : sum, dot)
    for (int64_t i = 0; i < width; ++i) {
      const float normal = (in[i] - mean) * inverse, weighted = g[i] * weight[i];
      sum += weighted;
      dot += weighted * normal;
      dweight[i] += g[i] * normal;
      dbias[i] += g[i];
    }
    sum /= float(width);
    dot /= float(width);
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) out[i] = inverse * (g[i] * weight[i] - sum - (in[i] - mean) * inverse * dot);
  }
}

bool is_plain(const at::Tensor& tensor) {
  return tensor.scalar_type() == at::kFloat && tensor.layout() == at::kStrided && tensor.is_contiguous();
}

bool fits(const at::Tensor& x, at::IntArrayRef shape) {
  return fast_kernels && x.scalar_type() == at::kFloat && x.layout() == at::kStrided && x.numel() > 0 && !shape.empty() &&
      int64_t(shape.size()) <= x.dim() && x.sizes().slice(x.dim() - shape.size()) == shape;
}

using Three = std::tuple<at::Tensor, at::Tensor, at::Tensor>;

Three layer_norm(const at::Tensor& x, at::IntArrayRef shape, const c10::optional<at::Tensor>& weight, const c10::optional<at::Tensor>& bias, double eps) {
  const auto is_vector = [&](const c10::optional<at::Tensor>& tensor) { return is_absent(tensor) || (is_plain(*tensor) && tensor->sizes() == shape); };
  if (!fits(x, shape) || !is_vector(weight) || !is_vector(bias)) return at::cpu::native_layer_norm(x, shape, weight, bias, eps);
  const at::Tensor in = x.contiguous();
  std::vector<int64_t> outer = in.sizes().vec();
  std::fill(outer.end() - shape.size(), outer.end(), 1);
  at::Tensor y = at::empty_like(in), mean = at::empty(outer, in.options()), inverse = at::empty(outer, in.options());
  const int64_t width = c10::multiply_integers(shape), rows = in.numel() / width;
  at::parallel_for(0, rows, std::max<int64_t>(1, Grain / width), [&](int64_t begin, int64_t end) {
    normalize(data<float>(in), is_absent(weight) ? nullptr : data<float>(*weight), is_absent(bias) ? nullptr : data<float>(*bias), float(eps),
        data<float>(y), data<float>(mean), data<float>(inverse), begin, end, width);
  });
  return {y, mean, inverse};
}

Three layer_norm_backward(const at::Tensor& dy, const at::Tensor& x, at::IntArrayRef shape, const at::Tensor& mean, const at::Tensor& inverse,
    const c10::optional<at::Tensor>& weight, const c10::optional<at::Tensor>& bias, std::array<bool, 3> mask) {
  const int64_t width = c10::multiply_integers(shape), rows = width == 0 ? 0 : x.numel() / width;
  if (!fits(x, shape) || dy.scalar_type() != at::kFloat || dy.sizes() != x.sizes() || is_absent(weight) || !is_plain(*weight) || weight->sizes() != shape ||
      !is_plain(mean) || !is_plain(inverse) || mean.numel() != rows || inverse.numel() != rows) {
    return at::cpu::native_layer_norm_backward(dy, x, shape, mean, inverse, weight, bias, mask);
  }
  const at::Tensor in = x.contiguous(), g = dy.contiguous();
  at::Tensor dx = at::empty_like(in);
  // A thread has its own sums over the rows, and they are added in the threads' order.
  const int64_t parts = std::clamp<int64_t>(in.numel() / Grain, 1, std::min<int64_t>(at::get_num_threads(), rows));
  at::Tensor dweights = at::zeros({parts, width}, in.options()), dbiases = at::zeros({parts, width}, in.options());
  at::parallel_for(0, parts, 1, [&](int64_t from, int64_t to) {
    for (int64_t part = from; part < to; ++part) {
      differentiate(data<float>(in), data<float>(g), data<float>(*weight), data<float>(mean), data<float>(inverse), data<float>(dx),
          data<float>(dweights) + part * width, data<float>(dbiases) + part * width, rows * part / parts, rows * (part + 1) / parts, width);
    }
  });
  const auto total = [&](const at::Tensor& sums, bool wanted) { return wanted ? (parts == 1 ? sums : sums.sum(0)).view(shape) : at::Tensor(); };
  return {mask[0] ? dx : at::Tensor(), total(dweights, mask[1]), total(dbiases, mask[2])};
}

}  // namespace

void nngpt::register_layer_norm(torch::Library& library) {
  library.impl("native_layer_norm", layer_norm);
  library.impl("native_layer_norm_backward", layer_norm_backward);
}
