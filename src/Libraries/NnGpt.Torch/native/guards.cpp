// What libtorch leaves unchecked. Found by calling every operator with adversarial arguments, with the memory of each
// tensor fenced in; tests/NnGpt.Sandbox.Tests/Fuzzing repeats that.
#include "guards.h"

#include <ATen/ATen.h>

#include <unordered_map>

namespace nngpt {

namespace {

using Stack = torch::jit::Stack;

// Integer division of the smallest number by -1 traps in the processor.
void check_integer_quotient(const Stack& arguments) {
  const at::Tensor self = arguments[0].isTensor() ? arguments[0].toTensor() : at::Tensor();
  if (!self.defined() || !at::isIntegralType(self.scalar_type(), false)) return;
  if (arguments[1].isTensor()) {
    const at::Tensor& other = arguments[1].toTensor();
    if (!other.defined() || !at::isIntegralType(other.scalar_type(), false) || other.numel() == 0 || self.numel() == 0) return;
    at::ScalarType type = at::result_type(self, other);
    if (type != at::kLong && type != at::kInt) return;
    int64_t smallest = type == at::kLong ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int32_t>::min();
    TORCH_CHECK(!(other.eq(-1).any().item<bool>() && self.eq(smallest).any().item<bool>()), "integer overflow in a division by -1");
  } else if (arguments[1].isInt() && arguments[1].toInt() == -1 && self.numel() > 0) {
    int64_t smallest = self.scalar_type() == at::kLong ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int32_t>::min();
    TORCH_CHECK(!self.eq(smallest).any().item<bool>(), "integer overflow in a division by -1");
  }
}

}  // namespace

Guard find_guard(const c10::OperatorName& name) {
  static const std::unordered_map<std::string, Guard> guards = {
      {"aten::floor_divide", check_integer_quotient},
  };
  auto found = guards.find(name.name);
  return found == guards.end() ? nullptr : found->second;
}

}  // namespace nngpt
