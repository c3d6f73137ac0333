// AdamW whose moments are kept in 8 bits (Dettmers et al., "8-bit Optimizers via Block-wise Quantization", 2022): each block of a
// moment has its largest magnitude in float32, each element the code of a value between -1 and 1 that multiplies it.
#include "adamw.h"
#include "shim.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

using namespace nngpt;

namespace {

// Buckets of magnitudes: their exponent, from 2^-24 up, and 7 bits of fraction. No bucket holds two boundaries between codes.
constexpr int kFractionBits = 7, kBuckets = 25 << kFractionBits, kShift = 23 - kFractionBits, kOffset = (127 - 24) << kFractionBits;
constexpr int64_t kLargestBlock = 4096;

// Magnitudes of dynamic tree quantization: 0 and 1, and in each decade below 1 twice as many values as in the one below it.
std::vector<float> dynamic_magnitudes(int64_t smallest_decade_values) {
  std::vector<float> values{0.0f};
  for (int decade = 0; decade < 7; ++decade) {
    const int64_t count = smallest_decade_values << decade;
    const double top = std::pow(10.0, decade - 6);
    for (int64_t i = 0; i < count; ++i) values.push_back(float(top * (0.1 + 0.9 * (double(i) + 0.5) / double(count))));
  }
  values.push_back(1.0f);
  return values;
}

struct Codebook {
  std::array<float, 256> values;  // of the codes, ascending
  std::array<float, 257> upper;   // magnitude k is the nearest up to upper[k]
  std::array<int32_t, kBuckets> first;  // the magnitude that is nearest to the least number of a bucket
  int32_t zero;  // code of 0

  explicit Codebook(bool is_signed) {
    const std::vector<float> magnitudes = dynamic_magnitudes(is_signed ? 1 : 2);
    const auto count = int32_t(magnitudes.size());
    zero = is_signed ? 127 : 0;
    // Of the magnitudes only 1 has no negative.
    for (int32_t k = 0; k < count; ++k) values[zero + k] = magnitudes[k];
    for (int32_t k = 1; k <= zero; ++k) values[zero - k] = -magnitudes[k];
    upper.fill(std::numeric_limits<float>::infinity());
    for (int32_t k = 0; k + 1 < count; ++k) upper[k] = (magnitudes[k] + magnitudes[k + 1]) / 2;
    for (int32_t bucket = 0; bucket < kBuckets; ++bucket) {
      const uint32_t bits = uint32_t(bucket + kOffset) << kShift;
      float least;
      std::memcpy(&least, &bits, 4);
      // What is smaller than every bucket counts to the first.
      first[bucket] = bucket == 0 ? 0 : int32_t(std::lower_bound(upper.begin(), upper.begin() + count, least) - upper.begin());
    }
  }
};

const Codebook& codebook(bool is_signed) {
  static const Codebook with_sign(true), without_sign(false);
  return is_signed ? with_sign : without_sign;
}

inline __attribute__((always_inline)) int32_t nearest(const Codebook& book, float magnitude) {
  int32_t bits;
  std::memcpy(&bits, &magnitude, 4);
  int32_t bucket = (bits >> kShift) - kOffset;
  bucket = bucket < 0 ? 0 : bucket;
  bucket = bucket >= kBuckets ? kBuckets - 1 : bucket;
  const int32_t k = book.first[bucket];
  return k + (magnitude > book.upper[k] ? 1 : 0);
}

__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"))) void update_block(float* __restrict parameter,
    const float* __restrict gradient, uint8_t* __restrict first, float* __restrict first_scale, uint8_t* __restrict second, float* __restrict second_scale,
    int64_t n, const AdamWStep& s, const Codebook& with_sign, const Codebook& without_sign) {
  float m[kLargestBlock], v[kLargestBlock];
  const float m_scale = *first_scale, v_scale = *second_scale;
  const float* __restrict m_values = with_sign.values.data();
  const float* __restrict v_values = without_sign.values.data();
  float m_top = 0, v_top = 0;
#pragma omp simd reduction(max : m_top, v_top)
  for (int64_t i = 0; i < n; ++i) {
    const float g = gradient[i] * s.scale;
    const float new_m = s.beta1 * (m_values[first[i]] * m_scale) + s.one_minus_beta1 * g;
    const float new_v = s.beta2 * (v_values[second[i]] * v_scale) + s.one_minus_beta2 * g * g;
    m[i] = new_m;
    v[i] = new_v;
    const float magnitude = std::fabs(new_m);
    m_top = magnitude > m_top ? magnitude : m_top;
    v_top = new_v > v_top ? new_v : v_top;
    parameter[i] = parameter[i] * s.keep - s.step_size * new_m / (std::sqrt(new_v) * s.inverse_root_correction + s.eps);
  }
  *first_scale = m_top;
  *second_scale = v_top;
  const float m_inverse = m_top > 0 ? 1.0f / m_top : 0.0f, v_inverse = v_top > 0 ? 1.0f / v_top : 0.0f;
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) {
    const float x = m[i] * m_inverse;
    const int32_t k = nearest(with_sign, std::fabs(x));
    first[i] = uint8_t(x < 0 ? 127 - (k > 127 ? 127 : k) : 127 + k);
    // A second moment that is not 0 is not rounded to 0: the next step would divide by eps alone.
    const float y = v[i] * v_inverse;
    const int32_t j = nearest(without_sign, y);
    second[i] = uint8_t(j == 0 && y > 0 ? 1 : j);
  }
}

// The same in ATen's operators, on whatever device the tensors are.
void update_plain(at::Tensor parameter, const at::Tensor& gradient, at::Tensor first, at::Tensor first_scale, at::Tensor second, at::Tensor second_scale,
    int64_t block, const AdamWStep& s) {
  const int64_t count = parameter.numel(), blocks = first_scale.numel();
  const auto device = parameter.device();
  auto table = [&](bool is_signed) {
    return at::tensor(at::ArrayRef<float>(codebook(is_signed).values.data(), 256), at::kFloat).to(device);
  };
  auto in_blocks = [&](const at::Tensor& flat) { return at::constant_pad_nd(flat, {0, blocks * block - count}).view({blocks, block}); };
  const at::Tensor g = gradient.view(-1).mul(s.scale);
  auto read = [&](const at::Tensor& codes, const at::Tensor& scale, bool is_signed) {
    return (in_blocks(table(is_signed).index_select(0, codes.to(at::kLong))) * scale.unsqueeze(1)).view(-1).narrow(0, 0, count);
  };
  const at::Tensor m = read(first, first_scale, true).mul(s.beta1).add(g, s.one_minus_beta1);
  const at::Tensor v = read(second, second_scale, false).mul(s.beta2).add(g * g, s.one_minus_beta2);
  parameter.view(-1).mul_(s.keep).sub_(m.div(v.sqrt().mul(s.inverse_root_correction).add(s.eps)), s.step_size);
  auto write = [&](const at::Tensor& moment, at::Tensor codes, at::Tensor scale, bool is_signed) {
    const at::Tensor values = table(is_signed);
    const at::Tensor boundaries = (values.narrow(0, 0, 255) + values.narrow(0, 1, 255)) / 2;
    const at::Tensor padded = in_blocks(moment);
    scale.copy_(std::get<0>(padded.abs().max(1)));
    const at::Tensor x = (padded * at::where(scale > 0, scale.reciprocal(), at::zeros_like(scale)).unsqueeze(1)).view(-1).narrow(0, 0, count);
    at::Tensor code = at::bucketize(x, boundaries);
    if (!is_signed) code = at::where((code == 0) & (x > 0), at::ones_like(code), code);
    codes.copy_(code);
  };
  write(m, first, first_scale, true);
  write(v, second, second_scale, false);
}

void update_native(at::Tensor& parameter, const at::Tensor& gradient, at::Tensor& first, at::Tensor& first_scale, at::Tensor& second, at::Tensor& second_scale,
    int64_t block, const AdamWStep& s) {
  const int64_t count = parameter.numel(), blocks = first_scale.numel();
  float *p = parameter.data_ptr<float>(), *first_tops = first_scale.data_ptr<float>(), *second_tops = second_scale.data_ptr<float>();
  const float* g = gradient.data_ptr<float>();
  uint8_t *m = first.data_ptr<uint8_t>(), *v = second.data_ptr<uint8_t>();
  const Codebook &with_sign = codebook(true), &without_sign = codebook(false);
  at::parallel_for(0, blocks, std::max<int64_t>(1, (1 << 14) / block), [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; ++b) {
      const int64_t at = b * block;
      update_block(p + at, g + at, m + at, first_tops + b, v + at, second_tops + b, std::min(block, count - at), s, with_sign, without_sign);
    }
  });
}

}  // namespace

// One step (from 1) over n parameters. Codes are uint8 of a parameter's size; scales have a float32 for each block. Moments on the
// CPU are updated there, wherever the parameter is; others by ATen's operators on their device, as everything is with `plain`.
NNGPT_EXPORT int32_t nngpt_adamw_8bit(void** parameters, void** gradients, void** firsts, void** first_scales, void** seconds, void** second_scales,
    const float* decays, int32_t n, int64_t block, int64_t step, double lr, double beta1, double beta2, double eps, double gradient_scale, int32_t plain) {
  return guarded([&] {
    TORCH_CHECK(block >= 1 && block <= kLargestBlock, "the block size must be 1 to ", kLargestBlock);
    for (int32_t i = 0; i < n; ++i) {
      if (gradients[i] == nullptr) continue;
      at::Tensor parameter = borrow(parameters[i]), gradient = borrow(gradients[i]);
      at::Tensor first = borrow(firsts[i]), first_scale = borrow(first_scales[i]), second = borrow(seconds[i]), second_scale = borrow(second_scales[i]);
      const int64_t count = parameter.numel(), blocks = (count + block - 1) / block;
      TORCH_CHECK(parameter.scalar_type() == at::kFloat && parameter.is_contiguous(), "8-bit AdamW needs contiguous float32 parameters");
      TORCH_CHECK(gradient.numel() == count && first.numel() == count && second.numel() == count && first_scale.numel() == blocks && second_scale.numel() == blocks, "sizes differ");
      TORCH_CHECK(first.scalar_type() == at::kByte && second.scalar_type() == at::kByte && first_scale.scalar_type() == at::kFloat && second_scale.scalar_type() == at::kFloat, "dtypes differ");
      const AdamWStep s(step, lr, beta1, beta2, eps, decays[i], gradient_scale);
      gradient = gradient.to(at::kFloat).contiguous();
      if (plain || !first.device().is_cpu()) {
        update_plain(parameter, gradient, first, first_scale, second, second_scale, block, s);
      } else if (parameter.device().is_cpu()) {
        update_native(parameter, gradient, first, first_scale, second, second_scale, block, s);
      } else {
        at::Tensor on_host = parameter.cpu();
        update_native(on_host, gradient.cpu(), first, first_scale, second, second_scale, block, s);
        parameter.copy_(on_host);
      }
      parameter.unsafeGetTensorImpl()->bump_version();
    }
  });
}

// The 256 values of the codes, ascending.
NNGPT_EXPORT void nngpt_dynamic_codes(int32_t is_signed, float* values) {
  const Codebook& book = codebook(is_signed != 0);
  std::copy(book.values.begin(), book.values.end(), values);
}
