// uniform_ and bernoulli_ with the very numbers of libtorch, which draws one after the other: here the Mersenne Twister (Matsumoto
// and Nishimura 1998) makes a block of them at a time, in loops that vectorise. Initialising a network is little else.
#include "elements.h"
#include "fast_kernels.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/bernoulli_cpu_dispatch.h>
#include <ATen/ops/uniform_cpu_dispatch.h>

#include <algorithm>
#include <mutex>

using namespace nngpt;

namespace {

constexpr int64_t N = at::MERSENNE_STATE_N, M = at::MERSENNE_STATE_M;
// Numbers that are made together; even, because a float64 takes two.
constexpr int64_t Block = 2048;

NNGPT_INLINE uint32_t twisted(uint32_t u, uint32_t v) {
  return (((u & 0x80000000u) | (v & 0x7fffffffu)) >> 1) ^ ((0u - (v & 1u)) & 0x9908b0dfu);
}

// What is read M places ahead, or N - M behind, is never in the same vector.
NNGPT_CLONES void next_state(uint32_t* s) {
#pragma omp simd safelen(16)
  for (int64_t k = 0; k < N - M; ++k) s[k] = s[k + M] ^ twisted(s[k], s[k + 1]);
#pragma omp simd safelen(16)
  for (int64_t k = N - M; k < N - 1; ++k) s[k] = s[k + M - N] ^ twisted(s[k], s[k + 1]);
  s[N - 1] = s[M - 1] ^ twisted(s[N - 1], s[0]);
}

NNGPT_CLONES void temper(const uint32_t* __restrict s, uint32_t* __restrict out, int64_t n) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) {
    uint32_t y = s[i];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    y ^= y >> 18;
    out[i] = y;
  }
}

NNGPT_CLONES void uniform_block(const uint32_t* __restrict in, float* __restrict out, int64_t n, float from, float width) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) out[i] = float(double(int32_t(in[i] & 0xffffffu)) * 0x1p-24 * double(width) + double(from));
}

// 1 where the 53 lower bits of two numbers, as a fraction, are below p. `limit` is p times 2^53.
template <class T>
NNGPT_INLINE void bernoulli_elements(const uint32_t* __restrict in, T* __restrict out, int64_t n, int64_t limit) {
  for (int64_t i = 0; i < n; ++i) {
    const int64_t value = (int64_t(in[2 * i] & 0x1fffffu) << 32) | in[2 * i + 1];
    store(out[i], value < limit ? 1.0f : 0.0f);
  }
}

NNGPT_CLONES void bernoulli_block(const uint32_t* in, float* out, int64_t n, int64_t limit) { bernoulli_elements(in, out, n, limit); }
NNGPT_CLONES void bernoulli_block(const uint32_t* in, bf16* out, int64_t n, int64_t limit) { bernoulli_elements(in, out, n, limit); }

// Calls body(numbers, first, count) for blocks of `count` elements of `each` numbers, and leaves the generator after them.
// False, and nothing done, when its state is not one that drawing leaves.
template <class F>
bool draw(const c10::optional<at::Generator>& given, int64_t n, int64_t each, F&& body) {
  auto* generator = at::get_generator_or_default<at::CPUGeneratorImpl>(given, at::detail::getDefaultCPUGenerator());
  std::lock_guard<std::mutex> lock(generator->mutex_);
  at::mt19937 engine = generator->engine();
  at::mt19937_data_pod state = engine.data();
  if (state.left_ < 1 || int64_t(state.next_) + state.left_ - 1 > N) return false;
  uint32_t numbers[Block];
  for (int64_t first = 0; first < n; first += Block / each) {
    const int64_t count = std::min(n - first, Block / each);
    for (int64_t made = 0; made < count * each;) {
      if (state.left_ == 1) {
        next_state(state.state_.data());
        state.left_ = int(N) + 1;
        state.next_ = 0;
      }
      const int64_t taken = std::min<int64_t>(state.left_ - 1, count * each - made);
      temper(state.state_.data() + state.next_, numbers + made, taken);
      state.next_ += uint32_t(taken);
      state.left_ -= int(taken);
      made += taken;
    }
    body(numbers, first, count);
  }
  engine.set_data(state);
  generator->set_engine(engine);
  return true;
}

bool fits(const at::Tensor& self) {
  return self.layout() == at::kStrided && self.numel() > 0 && self.is_non_overlapping_and_dense();
}

at::Tensor& uniform_(at::Tensor& self, double from, double to, c10::optional<at::Generator> generator) {
  const float low = float(from), width = float(to) - low;
  if (!fits(self) || self.scalar_type() != at::kFloat || !(from <= to) || !std::isfinite(width)) return at::cpu::uniform_(self, from, to, generator);
  float* out = data<float>(self);
  const bool done = draw(generator, self.numel(), 1, [&](const uint32_t* numbers, int64_t first, int64_t count) {
    uniform_block(numbers, out + first, count, low, width);
  });
  return done ? self : at::cpu::uniform_(self, from, to, generator);
}

at::Tensor& bernoulli_(at::Tensor& self, double p, c10::optional<at::Generator> generator) {
  if (!fits(self) || (self.scalar_type() != at::kFloat && self.scalar_type() != at::kBFloat16) || !(p >= 0 && p <= 1)) return at::cpu::bernoulli_(self, p, generator);
  const int64_t limit = int64_t(std::ceil(p * 0x1p53));
  bool done = false;
  by_type(self, [&](auto* type) {
    auto* out = data<std::remove_pointer_t<decltype(type)>>(self);
    done = draw(generator, self.numel(), 2, [&](const uint32_t* numbers, int64_t first, int64_t count) {
      bernoulli_block(numbers, out + first, count, limit);
    });
  });
  return done ? self : at::cpu::bernoulli_(self, p, generator);
}

}  // namespace

void nngpt::register_random(torch::Library& library) {
  library.impl("uniform_", uniform_);
  library.impl("bernoulli_.float", static_cast<at::Tensor& (*)(at::Tensor&, double, c10::optional<at::Generator>)>(bernoulli_));
}
