// AdamW over a list of parameters in one pass over the memory of each.
#include "adamw.h"
#include "shim.h"

#include <ATen/Parallel.h>

#include <cmath>

using namespace nngpt;

namespace {

__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"))) void update(
    float* __restrict parameter, const float* __restrict gradient, float* __restrict m, float* __restrict v, int64_t n, const AdamWStep s) {
  for (int64_t i = 0; i < n; ++i) {
    const float g = gradient[i] * s.scale;
    m[i] = s.beta1 * m[i] + s.one_minus_beta1 * g;
    v[i] = s.beta2 * v[i] + s.one_minus_beta2 * g * g;
    parameter[i] = parameter[i] * s.keep - s.step_size * m[i] / (std::sqrt(v[i]) * s.inverse_root_correction + s.eps);
  }
}

void check(const at::Tensor& tensor) {
  TORCH_CHECK(tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_contiguous(),
      "fused AdamW needs contiguous float32 tensors on the CPU");
}

}  // namespace

// One step (from 1) over n parameters with decoupled weight decay; `gradient_scale` multiplies every gradient.
// A null gradient skips its parameter.
NNGPT_EXPORT int32_t nngpt_adamw(void** parameters, void** gradients, void** firsts, void** seconds, const float* decays,
    int32_t n, int64_t step, double lr, double beta1, double beta2, double eps, double gradient_scale) {
  return guarded([&] {
    for (int32_t i = 0; i < n; ++i) {
      if (gradients[i] == nullptr) continue;
      at::Tensor parameter = borrow(parameters[i]), gradient = borrow(gradients[i]), m = borrow(firsts[i]), v = borrow(seconds[i]);
      if (gradient.scalar_type() != at::kFloat || !gradient.is_contiguous()) gradient = gradient.to(at::kFloat).contiguous();
      for (const auto& tensor : {parameter, gradient, m, v}) check(tensor);
      const int64_t count = parameter.numel();
      TORCH_CHECK(gradient.numel() == count && m.numel() == count && v.numel() == count, "sizes differ");
      const AdamWStep s(step, lr, beta1, beta2, eps, decays[i], gradient_scale);
      float *p = parameter.data_ptr<float>(), *g = gradient.data_ptr<float>(), *first = m.data_ptr<float>(), *second = v.data_ptr<float>();
      at::parallel_for(0, count, 1 << 16, [&](int64_t begin, int64_t end) {
        update(p + begin, g + begin, first + begin, second + begin, end - begin, s);
      });
      parameter.unsafeGetTensorImpl()->bump_version();
    }
  });
}
