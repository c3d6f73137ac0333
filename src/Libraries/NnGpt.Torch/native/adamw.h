// What a step of AdamW multiplies with, for the loops over float32 and over 8-bit moments.
#pragma once

#include <cmath>
#include <cstdint>

namespace nngpt {

struct AdamWStep {
  float beta1, one_minus_beta1, beta2, one_minus_beta2, eps, keep, step_size, inverse_root_correction, scale;

  // Differences in double: 1 - 0.999f is wrong in the fifth digit.
  AdamWStep(int64_t step, double lr, double b1, double b2, double epsilon, double decay, double gradient_scale)
      : beta1(float(b1)),
        one_minus_beta1(float(1.0 - b1)),
        beta2(float(b2)),
        one_minus_beta2(float(1.0 - b2)),
        eps(float(epsilon)),
        keep(float(1.0 - lr * decay)),
        step_size(float(lr / (1.0 - std::pow(b1, double(step))))),
        inverse_root_correction(float(1.0 / std::sqrt(1.0 - std::pow(b2, double(step))))),
        scale(float(gradient_scale)) {}
};

}  // namespace nngpt
