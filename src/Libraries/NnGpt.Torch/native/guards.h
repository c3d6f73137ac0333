// Checks before operators that libtorch leaves out.
#pragma once

#include <ATen/core/operator_name.h>
#include <ATen/core/stack.h>

namespace nngpt {

// Throws when the arguments, in the schema's order, would make the operator read or write memory that is not theirs,
// divide by zero in the processor, or run for ever.
using Guard = void (*)(const torch::jit::Stack& arguments);

// The check of an operator; null for those that check everything themselves.
Guard find_guard(const c10::OperatorName& name);

}  // namespace nngpt
