// The inner loops of the fused transformer operators, each over a range of rows.
#pragma once

#include "elements.h"

namespace nngpt {

// sum[i] = x[i] + r[i] (r may be null); y = sum / rms(sum) * weight; inverse[row] = 1 / rms.
template <class T>
NNGPT_INLINE void rms_norm_rows(const float* x, const T* r, const float* weight, float eps, float* sum, T* y, float* inverse,
    int64_t begin, int64_t end, int64_t width) {
  for (int64_t row = begin; row < end; ++row) {
    const float* __restrict in = x + row * width;
    T* __restrict out = y + row * width;
    float squares = 0;
    if (r != nullptr) {
      const T* __restrict residual = r + row * width;
      float* __restrict total = sum + row * width;
#pragma omp simd reduction(+ : squares)
      for (int64_t i = 0; i < width; ++i) {
        total[i] = in[i] + load(residual[i]);
        squares += total[i] * total[i];
      }
      in = total;
    } else {
#pragma omp simd reduction(+ : squares)
      for (int64_t i = 0; i < width; ++i) squares += in[i] * in[i];
    }
    const float scale = 1.0f / std::sqrt(squares / float(width) + eps);
    inverse[row] = scale;
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) store(out[i], in[i] * scale * weight[i]);
  }
}

// dx = d(norm)/dx * dy + dsum (dsum may be null); dweight accumulates.
template <class T>
NNGPT_INLINE void rms_norm_backward_rows(const float* sum, const T* dy, const float* dsum, const float* weight, const float* inverse,
    float* dx, float* dweight, int64_t begin, int64_t end, int64_t width) {
  for (int64_t row = begin; row < end; ++row) {
    const float* __restrict in = sum + row * width;
    const T* __restrict g = dy + row * width;
    float* __restrict out = dx + row * width;
    const float scale = inverse[row];
    float dot = 0;
#pragma omp simd reduction(+ : dot)
    for (int64_t i = 0; i < width; ++i) dot += load(g[i]) * weight[i] * in[i];
    const float shared = dot * scale * scale * scale / float(width);
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) {
      const float gradient = load(g[i]);
      out[i] = gradient * weight[i] * scale - in[i] * shared;
      dweight[i] += gradient * in[i] * scale;
    }
    if (dsum != nullptr) {
      const float* __restrict other = dsum + row * width;
#pragma omp simd
      for (int64_t i = 0; i < width; ++i) out[i] += other[i];
    }
  }
}

template <class T>
NNGPT_INLINE void swiglu_rows(const T* gate_up, T* y, int64_t begin, int64_t end, int64_t width) {
  for (int64_t row = begin; row < end; ++row) {
    const T* __restrict gate = gate_up + row * 2 * width;
    const T* __restrict up = gate + width;
    T* __restrict out = y + row * width;
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) {
      const float g = load(gate[i]);
      store(out[i], g / (1.0f + fast_exp(-g)) * load(up[i]));
    }
  }
}

template <class T>
NNGPT_INLINE void swiglu_backward_rows(const T* gate_up, const T* dy, T* dx, int64_t begin, int64_t end, int64_t width) {
  for (int64_t row = begin; row < end; ++row) {
    const T* __restrict gate = gate_up + row * 2 * width;
    const T* __restrict up = gate + width;
    const T* __restrict in = dy + row * width;
    T* __restrict dgate = dx + row * 2 * width;
    T* __restrict dup = dgate + width;
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) {
      const float g = load(gate[i]), d = load(in[i]);
      const float sigmoid = 1.0f / (1.0f + fast_exp(-g));
      store(dgate[i], d * load(up[i]) * sigmoid * (1.0f + g * (1.0f - sigmoid)));
      store(dup[i], d * g * sigmoid);
    }
  }
}

// In place: scores -> probabilities. Row r of a matrix of `queries` rows stands at time r % time and sees keys 0..time.
// `buffer` has room for `keys` numbers.
template <class T>
NNGPT_INLINE void causal_softmax_rows(T* scores, float* __restrict buffer, float scale, int64_t begin, int64_t end, int64_t time, int64_t keys) {
  for (int64_t row = begin; row < end; ++row) {
    T* __restrict values = scores + row * keys;
    const int64_t visible = row % time + 1 + (keys - time);
    float top = -INFINITY;
#pragma omp simd reduction(max : top)
    for (int64_t i = 0; i < visible; ++i) {
      const float value = load(values[i]);
      buffer[i] = value;
      top = value > top ? value : top;
    }
    const float offset = top * scale;
    float total = 0;
#pragma omp simd reduction(+ : total)
    for (int64_t i = 0; i < visible; ++i) {
      buffer[i] = fast_exp(buffer[i] * scale - offset);
      total += buffer[i];
    }
    const float inverse = 1.0f / total;
#pragma omp simd
    for (int64_t i = 0; i < visible; ++i) store(values[i], buffer[i] * inverse);
    std::memset(values + visible, 0, size_t(keys - visible) * sizeof(T));
  }
}

// In place: gradient of probabilities -> gradient of the unscaled scores.
template <class T>
NNGPT_INLINE void causal_softmax_backward_rows(T* gradient, const T* probability, float scale, int64_t begin, int64_t end, int64_t time, int64_t keys) {
  for (int64_t row = begin; row < end; ++row) {
    T* __restrict g = gradient + row * keys;
    const T* __restrict p = probability + row * keys;
    const int64_t visible = row % time + 1 + (keys - time);
    float dot = 0;
#pragma omp simd reduction(+ : dot)
    for (int64_t i = 0; i < visible; ++i) dot += load(g[i]) * load(p[i]);
#pragma omp simd
    for (int64_t i = 0; i < visible; ++i) store(g[i], (load(g[i]) - dot) * load(p[i]) * scale);
    std::memset(g + visible, 0, size_t(keys - visible) * sizeof(T));
  }
}

// In place: logits -> gradient of the loss times `weight`. Adds to *loss; rows whose target is `ignore` become 0.
// `buffer` has room for `classes` numbers.
template <class T>
NNGPT_INLINE void cross_entropy_rows(
    T* logits, float* __restrict buffer, const int64_t* targets, int64_t ignore, float weight, double* loss, int64_t begin, int64_t end, int64_t classes) {
  for (int64_t row = begin; row < end; ++row) {
    T* __restrict values = logits + row * classes;
    const int64_t target = targets[row];
    if (target == ignore) {
      std::memset(values, 0, size_t(classes) * sizeof(T));
      continue;
    }
    float top = -INFINITY;
#pragma omp simd reduction(max : top)
    for (int64_t i = 0; i < classes; ++i) {
      const float value = load(values[i]);
      buffer[i] = value;
      top = value > top ? value : top;
    }
    const float score = buffer[target] - top;
    float total = 0;
#pragma omp simd reduction(+ : total)
    for (int64_t i = 0; i < classes; ++i) {
      buffer[i] = fast_exp(buffer[i] - top);
      total += buffer[i];
    }
    *loss += std::log(total) - score;
    const float inverse = weight / total;
    buffer[target] -= total;
#pragma omp simd
    for (int64_t i = 0; i < classes; ++i) store(values[i], buffer[i] * inverse);
  }
}

// Rotates the two halves of a head: (a, b) -> (a cos - b sin, b cos + a sin), with -sin for the way back.
template <class S, class D>
NNGPT_INLINE void rotate(const S* in, D* out, const float* cos, const float* sin, float sign, int64_t half) {
#pragma omp simd
  for (int64_t i = 0; i < half; ++i) {
    const float a = load(in[i]), b = load(in[i + half]);
    const float s = sin[i] * sign;
    store(out[i], a * cos[i] - b * s);
    store(out[i + half], b * cos[i] + a * s);
  }
}

// One new token of a sequence: rotates its queries and its key, appends key and value to the caches at `position`, and attends
// to positions 0..position. For the key head `head` only: packed is (H + 2 KV) heads of `dim`; keys are (dim, capacity), values
// (capacity, dim); out is (H, dim). `scratch` has room for dim + capacity numbers.
template <class T>
NNGPT_INLINE void decode_head_rows(const T* packed, T* __restrict keys, T* __restrict values, T* out, const float* cos, const float* sin, float* __restrict scratch,
    int64_t head, int64_t heads, int64_t key_heads, int64_t dim, int64_t position, int64_t capacity, float scale) {
  const int64_t half = dim / 2, group = heads / key_heads, length = position + 1;
  float* __restrict query = scratch;
  float* __restrict scores = scratch + dim;
  const T* key = packed + (heads + head) * dim;
  const T* value = packed + (heads + key_heads + head) * dim;
  for (int64_t i = 0; i < half; ++i) {
    const float a = load(key[i]), b = load(key[i + half]);
    store(keys[i * capacity + position], a * cos[i] - b * sin[i]);
    store(keys[(i + half) * capacity + position], b * cos[i] + a * sin[i]);
  }
  std::memcpy(values + position * dim, value, size_t(dim) * sizeof(T));
  for (int64_t g = 0; g < group; ++g) {
    const T* q = packed + (head * group + g) * dim;
    for (int64_t i = 0; i < half; ++i) {
      const float a = load(q[i]), b = load(q[i + half]);
      T first, second;  // rounded as in the pass over whole sequences
      store(first, a * cos[i] - b * sin[i]);
      store(second, b * cos[i] + a * sin[i]);
      query[i] = load(first) * scale;
      query[i + half] = load(second) * scale;
    }
    for (int64_t s = 0; s < length; ++s) scores[s] = 0;
    for (int64_t d = 0; d < dim; ++d) {
      const float weight = query[d];
      const T* __restrict row = keys + d * capacity;
#pragma omp simd
      for (int64_t s = 0; s < length; ++s) scores[s] += weight * load(row[s]);
    }
    float top = -INFINITY;
#pragma omp simd reduction(max : top)
    for (int64_t s = 0; s < length; ++s) top = scores[s] > top ? scores[s] : top;
    float total = 0;
#pragma omp simd reduction(+ : total)
    for (int64_t s = 0; s < length; ++s) {
      scores[s] = fast_exp(scores[s] - top);
      total += scores[s];
    }
    const float inverse = 1.0f / total;
    for (int64_t d = 0; d < dim; ++d) query[d] = 0;
    for (int64_t s = 0; s < length; ++s) {
      const float weight = scores[s] * inverse;
      const T* __restrict row = values + s * dim;
#pragma omp simd
      for (int64_t d = 0; d < dim; ++d) query[d] += weight * load(row[d]);
    }
    T* target = out + (head * group + g) * dim;
    for (int64_t d = 0; d < dim; ++d) store(target[d], query[d]);
  }
}

}  // namespace nngpt
