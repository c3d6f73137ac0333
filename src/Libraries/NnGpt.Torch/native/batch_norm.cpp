// Batch normalisation (arXiv 1502.03167) in training over rows of channels: (N, C), or (N, C, H, W) in channels_last.
// Statistics and the result take one pass over the memory each.
#include "elements.h"
#include "fast_kernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/native_batch_norm_backward_cpu_dispatch.h>
#include <ATen/ops/native_batch_norm_cpu_dispatch.h>

#include <algorithm>
#include <vector>

using namespace nngpt;

namespace {

// Rows are taken in tiles of about this many elements, for loops of a length that pays; what belongs to a channel is repeated.
constexpr int64_t TileElements = 512;
// So many tiles are summed in float32; their sums in float64.
constexpr int64_t TilesOfASum = 512;
constexpr int64_t Grain = 1 << 15;

// Per channel, over rows: first the sum of g, second that of g (x - center). Without a gradient g is x - center itself.
template <bool HasGradient, class T>
NNGPT_INLINE void add_tiles(const T* __restrict x, const T* __restrict g, const float* __restrict center, float* __restrict first,
    float* __restrict second, int64_t tiles, int64_t width) {
  for (int64_t tile = 0; tile < tiles; ++tile) {
    const T* __restrict values = x + tile * width;
    const T* __restrict gradients = g + tile * width;
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) {
      const float offset = load(values[i]) - center[i];
      const float weight = HasGradient ? load(gradients[i]) : offset;
      first[i] += weight;
      second[i] += weight * offset;
    }
  }
}

// y = (x - center) a + b
template <class T>
NNGPT_INLINE void scale_tiles(const T* __restrict x, const float* __restrict center, const float* __restrict a, const float* __restrict b,
    T* __restrict y, int64_t tiles, int64_t width) {
  for (int64_t tile = 0; tile < tiles; ++tile) {
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) store(y[tile * width + i], (load(x[tile * width + i]) - center[i]) * a[i] + b[i]);
  }
}

// dx = dy a + (x - center) b + c
template <class T>
NNGPT_INLINE void gradient_tiles(const T* __restrict x, const T* __restrict dy, const float* __restrict center, const float* __restrict a,
    const float* __restrict b, const float* __restrict c, T* __restrict dx, int64_t tiles, int64_t width) {
  for (int64_t tile = 0; tile < tiles; ++tile) {
#pragma omp simd
    for (int64_t i = 0; i < width; ++i) {
      store(dx[tile * width + i], load(dy[tile * width + i]) * a[i] + (load(x[tile * width + i]) - center[i]) * b[i] + c[i]);
    }
  }
}

NNGPT_CLONES void add(const float* x, const float* center, float* first, float* second, int64_t tiles, int64_t width) {
  add_tiles<false>(x, x, center, first, second, tiles, width);
}
NNGPT_CLONES void add(const bf16* x, const float* center, float* first, float* second, int64_t tiles, int64_t width) {
  add_tiles<false>(x, x, center, first, second, tiles, width);
}
NNGPT_CLONES void add(const float* x, const float* g, const float* center, float* first, float* second, int64_t tiles, int64_t width) {
  add_tiles<true>(x, g, center, first, second, tiles, width);
}
NNGPT_CLONES void add(const bf16* x, const bf16* g, const float* center, float* first, float* second, int64_t tiles, int64_t width) {
  add_tiles<true>(x, g, center, first, second, tiles, width);
}
NNGPT_CLONES void scale(const float* x, const float* center, const float* a, const float* b, float* y, int64_t tiles, int64_t width) {
  scale_tiles(x, center, a, b, y, tiles, width);
}
NNGPT_CLONES void scale(const bf16* x, const float* center, const float* a, const float* b, bf16* y, int64_t tiles, int64_t width) {
  scale_tiles(x, center, a, b, y, tiles, width);
}
NNGPT_CLONES void gradient(const float* x, const float* dy, const float* center, const float* a, const float* b, const float* c, float* dx, int64_t tiles, int64_t width) {
  gradient_tiles(x, dy, center, a, b, c, dx, tiles, width);
}
NNGPT_CLONES void gradient(const bf16* x, const bf16* dy, const float* center, const float* a, const float* b, const float* c, bf16* dx, int64_t tiles, int64_t width) {
  gradient_tiles(x, dy, center, a, b, c, dx, tiles, width);
}

// A matrix of channels by rows, in tiles of some rows and what remains.
struct Rows {
  explicit Rows(const at::Tensor& x)
      : channels(x.size(1)), count(x.numel() / channels), in_tile(std::min(count, std::max<int64_t>(1, TileElements / channels))) {}

  // Runs body(first element, tiles, width) over the tiles from `begin` to `end`; the last range takes the remaining rows too.
  template <class F>
  void run(int64_t begin, int64_t end, F&& body) const {
    const int64_t width = in_tile * channels;
    if (end > begin) body(begin * width, end - begin, width);
    if (end == tiles() && count % in_tile != 0) body(end * width, int64_t(1), (count % in_tile) * channels);
  }

  template <class F>
  void in_parallel(F&& body) const {
    at::parallel_for(0, tiles(), std::max<int64_t>(1, Grain / (in_tile * channels)), [&](int64_t begin, int64_t end) { run(begin, end, body); });
  }

  int64_t tiles() const { return count / in_tile; }

  // What belongs to the channels, once for every row of a tile.
  template <class F>
  std::vector<float> spread(F&& of_channel) const {
    std::vector<float> result(in_tile * channels);
    for (int64_t c = 0; c < channels; ++c) result[c] = of_channel(c);
    for (int64_t i = channels; i < int64_t(result.size()); ++i) result[i] = result[i - channels];
    return result;
  }

  int64_t channels, count, in_tile;
};

struct Sums {
  std::vector<double> first, second;
};

// The sums of add_tiles by channel. A thread has its own, and they are added in the threads' order.
template <class F>
Sums sum(const Rows& rows, F&& add_range) {
  const int64_t parts = std::clamp<int64_t>(rows.tiles() * rows.in_tile * rows.channels / Grain, 1, at::get_num_threads());
  std::vector<Sums> all(parts);
  at::parallel_for(0, parts, 1, [&](int64_t from, int64_t to) {
    std::vector<float> first(rows.in_tile * rows.channels), second(first.size());
    for (int64_t part = from; part < to; ++part) {
      Sums& own = all[part];
      own.first.resize(rows.channels);
      own.second.resize(rows.channels);
      const int64_t end = rows.tiles() * (part + 1) / parts;
      for (int64_t begin = rows.tiles() * part / parts; begin < end; begin += TilesOfASum) {
        std::fill(first.begin(), first.end(), 0.0f);
        std::fill(second.begin(), second.end(), 0.0f);
        rows.run(begin, std::min(end, begin + TilesOfASum), [&](int64_t offset, int64_t tiles, int64_t width) {
          add_range(offset, first.data(), second.data(), tiles, width);
        });
        for (size_t row = 0; row < first.size(); row += rows.channels) {
          for (int64_t c = 0; c < rows.channels; ++c) {
            own.first[c] += first[row + c];
            own.second[c] += second[row + c];
          }
        }
      }
    }
  });
  for (int64_t part = 1; part < parts; ++part) {
    for (int64_t c = 0; c < rows.channels; ++c) {
      all[0].first[c] += all[part].first[c];
      all[0].second[c] += all[part].second[c];
    }
  }
  return all[0];
}

bool is_rows(const at::Tensor& x) {
  return (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16) && x.layout() == at::kStrided && x.numel() > 0 &&
      ((x.dim() == 2 && x.is_contiguous()) || (x.dim() == 4 && x.is_contiguous(at::MemoryFormat::ChannelsLast)));
}

bool is_channels(const c10::optional<at::Tensor>& tensor, int64_t channels) {
  return !is_absent(tensor) && tensor->scalar_type() == at::kFloat && tensor->numel() == channels && tensor->is_contiguous();
}

bool is_channels_if_present(const c10::optional<at::Tensor>& tensor, int64_t channels) {
  return is_absent(tensor) || is_channels(tensor, channels);
}

using Three = std::tuple<at::Tensor, at::Tensor, at::Tensor>;

Three batch_norm(const at::Tensor& x, const c10::optional<at::Tensor>& weight, const c10::optional<at::Tensor>& bias,
    const c10::optional<at::Tensor>& running_mean, const c10::optional<at::Tensor>& running_var, bool training, double momentum, double eps) {
  if (!fast_kernels || !training || !is_rows(x) || !is_channels_if_present(weight, x.size(1)) || !is_channels_if_present(bias, x.size(1)) ||
      !is_channels_if_present(running_mean, x.size(1)) || !is_channels_if_present(running_var, x.size(1)) ||
      (x.scalar_type() == at::kBFloat16 && is_absent(weight))) {
    return at::cpu::native_batch_norm(x, weight, bias, running_mean, running_var, training, momentum, eps);
  }
  const Rows rows(x);
  at::Tensor y = at::empty_like(x), mean = at::empty({rows.channels}, x.options().dtype(at::kFloat)), inverse = at::empty_like(mean);
  by_type(x, [&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    const T* in = data<T>(x);
    // Moments about the first row: near enough to the mean that nothing cancels.
    const auto start = rows.spread([&](int64_t c) { return load(in[c]); });
    const Sums sums = sum(rows, [&](int64_t offset, float* first, float* second, int64_t tiles, int64_t width) {
      add(in + offset, start.data(), first, second, tiles, width);
    });
    float *means = data<float>(mean), *inverses = data<float>(inverse);
    const double n = double(rows.count);
    for (int64_t c = 0; c < rows.channels; ++c) {
      const double distance = sums.first[c] / n, squares = std::max(sums.second[c] - sums.first[c] * distance, 0.0);
      means[c] = float(start[c] + distance);
      inverses[c] = float(1.0 / std::sqrt(squares / n + eps));
      if (!is_absent(running_mean)) data<float>(*running_mean)[c] = float(momentum * means[c] + (1 - momentum) * data<float>(*running_mean)[c]);
      if (!is_absent(running_var)) data<float>(*running_var)[c] = float(momentum * (squares / (n - 1)) + (1 - momentum) * data<float>(*running_var)[c]);
    }
    const auto center = rows.spread([&](int64_t c) { return means[c]; });
    const auto a = rows.spread([&](int64_t c) { return is_absent(weight) ? inverses[c] : inverses[c] * data<float>(*weight)[c]; });
    const auto b = rows.spread([&](int64_t c) { return is_absent(bias) ? 0.0f : data<float>(*bias)[c]; });
    rows.in_parallel([&](int64_t offset, int64_t tiles, int64_t width) {
      scale(in + offset, center.data(), a.data(), b.data(), data<T>(y) + offset, tiles, width);
    });
  });
  return {y, mean, inverse};
}

Three batch_norm_backward(const at::Tensor& dy, const at::Tensor& x, const c10::optional<at::Tensor>& weight,
    const c10::optional<at::Tensor>& running_mean, const c10::optional<at::Tensor>& running_var, const c10::optional<at::Tensor>& save_mean,
    const c10::optional<at::Tensor>& save_invstd, bool train, double eps, std::array<bool, 3> mask) {
  if (!fast_kernels || !train || !is_rows(x) || dy.scalar_type() != x.scalar_type() || dy.sizes() != x.sizes() ||
      !is_channels(weight, x.size(1)) || !is_channels(save_mean, x.size(1)) || !is_channels(save_invstd, x.size(1))) {
    return at::cpu::native_batch_norm_backward(dy, x, weight, running_mean, running_var, save_mean, save_invstd, train, eps, mask);
  }
  const Rows rows(x);
  const at::Tensor given = dy.contiguous(x.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
  at::Tensor dx, dweight, dbias;
  by_type(x, [&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    const T *in = data<T>(x), *g = data<T>(given);
    const float *means = data<float>(*save_mean), *inverses = data<float>(*save_invstd);
    const auto center = rows.spread([&](int64_t c) { return means[c]; });
    const Sums sums = sum(rows, [&](int64_t offset, float* first, float* second, int64_t tiles, int64_t width) {
      add(in + offset, g + offset, center.data(), first, second, tiles, width);
    });
    if (mask[1]) {
      dweight = at::empty_like(*weight);
      for (int64_t c = 0; c < rows.channels; ++c) data<float>(dweight)[c] = float(sums.second[c] * inverses[c]);
    }
    if (mask[2]) {
      dbias = at::empty_like(*weight);
      for (int64_t c = 0; c < rows.channels; ++c) data<float>(dbias)[c] = float(sums.first[c]);
    }
    if (!mask[0]) return;
    dx = at::empty_like(x);
    const double n = double(rows.count);
    const auto a = rows.spread([&](int64_t c) { return inverses[c] * data<float>(*weight)[c]; });
    const auto b = rows.spread([&](int64_t c) { return float(-a[c] * double(inverses[c]) * inverses[c] * sums.second[c] / n); });
    const auto d = rows.spread([&](int64_t c) { return float(-a[c] * sums.first[c] / n); });
    rows.in_parallel([&](int64_t offset, int64_t tiles, int64_t width) {
      gradient(in + offset, g + offset, center.data(), a.data(), b.data(), d.data(), data<T>(dx) + offset, tiles, width);
    });
  });
  return {dx, dweight, dbias};
}

}  // namespace

void nngpt::register_batch_norm(torch::Library& library) {
  library.impl("native_batch_norm", batch_norm);
  library.impl("native_batch_norm_backward", batch_norm_backward);
}
