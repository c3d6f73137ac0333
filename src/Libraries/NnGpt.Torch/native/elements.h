// What loops over float32 and bfloat16 are made of. T is float or bfloat16 (as its 16 bits); all arithmetic is float32. The
// loops are compiled for several instruction sets and chosen when the library is loaded.
#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#define NNGPT_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define NNGPT_CLONES
#endif
#define NNGPT_INLINE static inline __attribute__((always_inline))

namespace nngpt {

using bf16 = uint16_t;

NNGPT_INLINE float load(float value) {
  return value;
}

NNGPT_INLINE float load(bf16 value) {
  uint32_t bits = uint32_t(value) << 16;
  float result;
  std::memcpy(&result, &bits, 4);
  return result;
}

NNGPT_INLINE void store(float& target, float value) {
  target = value;
}

// To the nearest, ties to even. NaN stays NaN as long as its upper bits are set, which those of arithmetic are.
NNGPT_INLINE void store(bf16& target, float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  target = bf16((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

// exp to about two units in the last place, in operations that vectorise, for arguments up to 88; tiny below -87.
NNGPT_INLINE float fast_exp(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer; its low bits are the integer itself.
  const float shifted = x * 1.44269504088896341f + 12582912.0f;
  const float n = shifted - 12582912.0f;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  int32_t bits, power;
  std::memcpy(&bits, &p, 4);
  std::memcpy(&power, &shifted, 4);
  bits += power << 23;
  float result;
  std::memcpy(&result, &bits, 4);
  return result;
}

template <class T>
inline T* data(const at::Tensor& tensor) {
  return static_cast<T*>(tensor.data_ptr());
}

// Calls the body with a pointer type for the tensor's elements.
template <class F>
inline void by_type(const at::Tensor& tensor, F&& body) {
  if (tensor.scalar_type() == at::kFloat) {
    body(static_cast<float*>(nullptr));
  } else {
    TORCH_CHECK(tensor.scalar_type() == at::kBFloat16, "expected float32 or bfloat16 but got ", tensor.scalar_type());
    body(static_cast<bf16*>(nullptr));
  }
}

inline bool is_absent(const c10::optional<at::Tensor>& tensor) {
  return !tensor.has_value() || !tensor->defined();
}

}  // namespace nngpt
