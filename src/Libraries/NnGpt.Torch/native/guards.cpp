// What libtorch 1.13 leaves unchecked. Found by calling every operator that a candidate can name with adversarial
// arguments while the memory of each tensor is fenced in; tests/NnGpt.Sandbox.Tests/Fuzzing goes on looking.
#include "guards.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>

namespace nngpt {

namespace {

using Stack = torch::jit::Stack;

// Undefined for None, a number and what is left out.
at::Tensor tensor_at(const Stack& arguments, size_t index) {
  return index < arguments.size() && arguments[index].isTensor() ? arguments[index].toTensor() : at::Tensor();
}

bool is_integer(const at::Tensor& tensor) {
  return tensor.defined() && at::isIntegralType(tensor.scalar_type(), false);
}

void check_range(const at::Tensor& values, int64_t low, int64_t high, const char* what) {
  TORCH_CHECK(is_integer(values), what, " must be integers");
  if (values.numel() == 0) return;
  at::Tensor outside = values.lt(low).logical_or_(values.gt(high));
  TORCH_CHECK_INDEX(!outside.any().item<bool>(), what, " out of range: expected ", low, " to ", high);
}

void check_list_size(const c10::IValue& list, size_t size, const char* what) {
  TORCH_CHECK(list.isIntList() && list.toIntVector().size() == size, what, " must have ", size, " elements");
}

// The smallest integer divided by -1 is a trap of the processor.
void check_quotient(const Stack& arguments) {
  at::Tensor left = tensor_at(arguments, 0), right = tensor_at(arguments, 1);
  if ((left.defined() && !is_integer(left)) || (right.defined() && !is_integer(right))) return;
  if (!left.defined() && !arguments[0].isInt()) return;
  if (!right.defined() && !arguments[1].isInt()) return;
  bool by_minus_one = right.defined() ? right.eq(-1).any().item<bool>() : arguments[1].toInt() == -1;
  if (!by_minus_one) return;
  auto is_smallest = [](int64_t value) {
    return value == std::numeric_limits<int64_t>::min() || value == std::numeric_limits<int32_t>::min();
  };
  int64_t least = left.defined() ? (left.numel() == 0 ? 0 : left.min().item<int64_t>()) : arguments[0].toInt();
  TORCH_CHECK(!is_smallest(least), "the smallest integer cannot be divided by -1");
}

void check_quotient_with_mode(const Stack& arguments) {
  if (arguments.size() > 2 && arguments[2].isString()) check_quotient(arguments);
}

// (weight, indices, offsets, ...): bags that begin before the first index or after the last are read all the same.
void check_embedding_bag(const Stack& arguments) {
  at::Tensor weight = tensor_at(arguments, 0), indices = tensor_at(arguments, 1), offsets = tensor_at(arguments, 2);
  TORCH_CHECK(weight.defined() && weight.dim() == 2, "embedding_bag: expected a weight of two dimensions");
  TORCH_CHECK(indices.defined() && indices.dim() == 1 && offsets.defined() && offsets.dim() == 1,
      "embedding_bag: expected input and offsets of one dimension");
  check_range(indices, 0, weight.size(0) - 1, "embedding_bag: input");
  check_range(offsets, 0, indices.numel(), "embedding_bag: offsets");
  TORCH_CHECK(offsets.numel() < 2 || !offsets.slice(0, 1).lt(offsets.slice(0, 0, -1)).any().item<bool>(),
      "embedding_bag: offsets must not decrease");
}

// (self, indices, output_size): the sizes are read before they are counted.
void check_max_unpool2d(const Stack& arguments) { check_list_size(arguments[2], 2, "max_unpool2d: output_size"); }

void check_max_unpool3d(const Stack& arguments) {
  check_list_size(arguments[2], 3, "max_unpool3d: output_size");
  check_list_size(arguments[3], 3, "max_unpool3d: stride");
  check_list_size(arguments[4], 3, "max_unpool3d: padding");
}

// (sorted_sequence, self, out_int32, right, side, sorter): the sorter's numbers are used as indices.
void check_searchsorted(const Stack& arguments) {
  at::Tensor sequence = tensor_at(arguments, 0), sorter = tensor_at(arguments, 5);
  if (!sorter.defined() || sequence.dim() == 0) return;
  check_range(sorter, 0, sequence.size(-1) - 1, "searchsorted: sorter");
}

// (self, bins, ...): one number of bins, or one tensor of edges, a dimension.
void check_histogramdd(const Stack& arguments) {
  at::Tensor self = tensor_at(arguments, 0);
  if (arguments[1].isInt()) return;
  size_t bins = arguments[1].isIntList() ? arguments[1].toIntVector().size() : arguments[1].toTensorVector().size();
  TORCH_CHECK(self.dim() >= 2 && size_t(self.size(-1)) == bins && bins > 0,
      "histogramdd: expected bins for each of the innermost dimension's elements");
}

// (data, reduce, lengths, indices, offsets, axis, unsafe, initial): unsafe is what it says.
void check_segment_reduce(const Stack& arguments) {
  TORCH_CHECK(!arguments[6].toBool(), "segment_reduce: unsafe=True is not available");
}

// (self, upscale_factor): the factor squared must not overflow to 0, by which the channels are divided.
void check_pixel_factor(const Stack& arguments) {
  TORCH_CHECK(arguments[1].toInt() > 0 && arguments[1].toInt() <= 1 << 15, "expected a factor of 1 to ", 1 << 15);
}

void check_channel_groups(const Stack& arguments) {
  at::Tensor self = tensor_at(arguments, 0);
  int64_t groups = arguments[1].toInt();
  TORCH_CHECK(self.dim() > 2 && groups > 0 && self.size(1) % groups == 0,
      "expected more than two dimensions and a number of channels that is divisible by groups");
}

void check_pdist(const Stack& arguments) {
  at::Tensor self = tensor_at(arguments, 0);
  TORCH_CHECK(self.dim() == 2 && self.numel() > 0, "pdist expects a matrix with elements");
}

// LAPACK's work space for complex singular values is too small in this version.
void check_real(const Stack& arguments) {
  at::Tensor self = tensor_at(arguments, 0);
  TORCH_CHECK_NOT_IMPLEMENTED(!self.defined() || !self.is_complex(), "singular values of complex matrices are not available");
}

// Row exchanges of a factorisation, which LAPACK follows blindly.
void check_pivots(const at::Tensor& factors, const at::Tensor& pivots, bool may_be_negative) {
  TORCH_CHECK(factors.defined() && factors.dim() >= 2 && is_integer(pivots), "expected a factorisation and its pivots");
  check_range(may_be_negative ? pivots.abs() : pivots, 1, factors.size(-2), "pivots");
}

void check_lu_solve(const Stack& arguments) { check_pivots(tensor_at(arguments, 1), tensor_at(arguments, 2), false); }
void check_linalg_lu_solve(const Stack& arguments) { check_pivots(tensor_at(arguments, 0), tensor_at(arguments, 1), false); }
void check_linalg_ldl_solve(const Stack& arguments) { check_pivots(tensor_at(arguments, 0), tensor_at(arguments, 1), true); }

// (LU_data, LU_pivots, ...): as many exchanges are read as the smaller side has rows.
void check_lu_unpack(const Stack& arguments) {
  at::Tensor factors = tensor_at(arguments, 0), pivots = tensor_at(arguments, 1);
  check_pivots(factors, pivots, false);
  TORCH_CHECK(pivots.dim() == factors.dim() - 1 && pivots.size(-1) == std::min(factors.size(-2), factors.size(-1)) &&
      pivots.sizes().slice(0, pivots.dim() - 1) == factors.sizes().slice(0, factors.dim() - 2), "expected the pivots of this factorisation");
}

// (self, repeats, dim): the number of elements must not overflow.
void check_repeat_interleave(const Stack& arguments) {
  at::Tensor self = tensor_at(arguments, 0);
  if (arguments.size() < 2 || !arguments[1].isInt() || !self.defined()) return;
  int64_t repeats = arguments[1].toInt();
  TORCH_CHECK(repeats >= 0 && repeats < (int64_t(1) << 56) / std::max<int64_t>(1, self.numel()), "repeats out of range");
}

// (log_probs, targets, input_lengths, target_lengths, ...): labels that are used are indices of classes.
void check_ctc_loss(const Stack& arguments) {
  at::Tensor scores = tensor_at(arguments, 0), targets = tensor_at(arguments, 1);
  TORCH_CHECK(scores.defined() && scores.dim() == 3 && is_integer(targets) && (targets.dim() == 1 || targets.dim() == 2),
      "ctc_loss: expected log_probs of three dimensions and integer targets of one or two");
  auto lengths = [&](size_t index) {
    if (arguments[index].isIntList()) return arguments[index].toIntVector();
    at::Tensor list = arguments[index].toTensor();
    TORCH_CHECK(is_integer(list) && list.dim() == 1, "ctc_loss: lengths must be integers");
    list = list.to(at::kLong).contiguous();
    return std::vector<int64_t>(list.data_ptr<int64_t>(), list.data_ptr<int64_t>() + list.numel());
  };
  for (int64_t length : lengths(2)) {
    TORCH_CHECK(length >= 0 && length <= scores.size(0), "ctc_loss: expected input_lengths of 0 to ", scores.size(0));
  }
  int64_t at = 0, row = 0, last = scores.size(2) - 1;
  for (int64_t length : lengths(3)) {
    int64_t room = targets.dim() == 2 ? targets.size(1) : targets.size(0) - at;
    TORCH_CHECK(length >= 0 && length <= room && (targets.dim() == 1 || row < targets.size(0)), "ctc_loss: target_lengths out of range");
    at::Tensor used = targets.dim() == 2 ? targets.select(0, row).slice(0, 0, length) : targets.slice(0, at, at + length);
    check_range(used, 0, last, "ctc_loss: targets");
    at += length;
    row++;
  }
}

// Weights of a recurrent layer are split into one part a gate; a part that is missing is used all the same.
void check_gates(const at::Tensor& weight, int64_t gates) {
  TORCH_CHECK(weight.defined() && weight.dim() >= 1 && weight.dim() <= 2 && weight.size(0) > 0 && weight.size(0) % gates == 0,
      "expected weights of ", gates, " gates");
}

// (input, hx, w_ih, w_hh, b_ih, b_hh)
template <int64_t gates>
void check_cell(const Stack& arguments) {
  check_gates(tensor_at(arguments, 2), gates);
  check_gates(tensor_at(arguments, 3), gates);
  TORCH_CHECK(arguments[2].toTensor().sizes()[0] == arguments[3].toTensor().sizes()[0], "expected weights of one hidden size");
  if (arguments[1].isTensorList()) TORCH_CHECK(arguments[1].toTensorVector().size() == 2, "expected a hidden and a cell state");
}

// The numbers of sequences that go on, step by step: "data" holds as many rows as they sum to.
void check_batch_sizes(const at::Tensor& data, const at::Tensor& batch_sizes) {
  TORCH_CHECK(data.defined() && data.dim() >= 1 && is_integer(batch_sizes) && batch_sizes.dim() == 1 && batch_sizes.numel() > 0,
      "expected packed data and its batch sizes");
  check_range(batch_sizes, 1, data.size(0), "batch_sizes");
  TORCH_CHECK(batch_sizes.sum().item<int64_t>() == data.size(0), "batch_sizes must sum to the length of the data");
  TORCH_CHECK(!batch_sizes.slice(0, 1).gt(batch_sizes.slice(0, 0, -1)).any().item<bool>(), "batch_sizes must not increase");
}

void check_packed(const Stack& arguments) { check_batch_sizes(tensor_at(arguments, 0), tensor_at(arguments, 1)); }

// input: (input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first)
// data:  (data, batch_sizes, hx, params, ...)
template <int64_t gates>
void check_recurrent(const Stack& arguments) {
  size_t first = arguments[3].isTensorList() ? 3 : 2;
  if (first == 3) check_packed(arguments);
  auto parameters = arguments[first].toTensorVector();
  size_t weights = arguments[first + 1].toBool() ? 4 : 2;  // then, in an LSTM, the projection, which has no gates
  int64_t layers = arguments[first + 2].toInt();
  TORCH_CHECK(layers > 0 && layers < (1 << 20), "expected a positive number of layers");
  size_t parts = size_t(layers) * (arguments[first + 5].toBool() ? 2 : 1);
  size_t each = parameters.size() / parts;
  TORCH_CHECK(parameters.size() % parts == 0 && (each == weights || (gates == 4 && each == weights + 1)),
      "expected the weights of ", parts, " layers and directions");
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (i % each < weights) check_gates(parameters[i], gates);
  }
}

}  // namespace

Guard find_guard(const c10::OperatorName& name) {
  static const std::unordered_map<std::string, Guard> guards = {
      {"floor_divide", check_quotient},
      {"floor_divide_", check_quotient},
      {"remainder", check_quotient},
      {"remainder_", check_quotient},
      {"fmod", check_quotient},
      {"fmod_", check_quotient},
      {"div", check_quotient_with_mode},
      {"div_", check_quotient_with_mode},
      {"divide", check_quotient_with_mode},
      {"divide_", check_quotient_with_mode},
      {"embedding_bag", check_embedding_bag},
      {"_embedding_bag", check_embedding_bag},
      {"_embedding_bag_forward_only", check_embedding_bag},
      {"max_unpool2d", check_max_unpool2d},
      {"max_unpool3d", check_max_unpool3d},
      {"searchsorted", check_searchsorted},
      {"histogramdd", check_histogramdd},
      {"segment_reduce", check_segment_reduce},
      {"pixel_shuffle", check_pixel_factor},
      {"pixel_unshuffle", check_pixel_factor},
      {"channel_shuffle", check_channel_groups},
      {"native_channel_shuffle", check_channel_groups},
      {"pdist", check_pdist},
      {"svd", check_real},
      {"linalg_svd", check_real},
      {"linalg_svdvals", check_real},
      {"pinverse", check_real},
      {"linalg_pinv", check_real},
      {"linalg_cond", check_real},
      {"linalg_norm", check_real},
      {"linalg_matrix_norm", check_real},
      {"linalg_matrix_rank", check_real},
      {"linalg_lstsq", check_real},
      {"nuclear_norm", check_real},
      {"lu_solve", check_lu_solve},
      {"lu_unpack", check_lu_unpack},
      {"repeat_interleave", check_repeat_interleave},
      {"linalg_lu_solve", check_linalg_lu_solve},
      {"linalg_ldl_solve", check_linalg_ldl_solve},
      {"ctc_loss", check_ctc_loss},
      {"_ctc_loss", check_ctc_loss},
      {"lstm_cell", check_cell<4>},
      {"gru_cell", check_cell<3>},
      {"rnn_tanh_cell", check_cell<1>},
      {"rnn_relu_cell", check_cell<1>},
      {"lstm", check_recurrent<4>},
      {"gru", check_recurrent<3>},
      {"rnn_tanh", check_recurrent<1>},
      {"rnn_relu", check_recurrent<1>},
      {"_pad_packed_sequence", check_packed},
  };
  static const std::string space = "aten::";
  if (name.name.compare(0, space.size(), space) != 0) return nullptr;
  auto found = guards.find(name.name.substr(space.size()));
  return found == guards.end() ? nullptr : found->second;
}

}  // namespace nngpt
