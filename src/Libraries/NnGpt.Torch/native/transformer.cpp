// Fused operators of a decoder-only transformer, with gradients, in the namespace nngpt of the dispatcher. CPU only.
// They save what PyTorch's elementwise operators cost in passes over memory; the matrix products stay ATen's.
#include "transformer.h"

#include "shim.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <vector>

namespace nngpt {

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

// One clone of each loop for both element types.
#define NNGPT_KERNEL(name, T, parameters, arguments) \
  NNGPT_CLONES void name parameters {                \
    name##_rows<T> arguments;                        \
  }

#define NNGPT_BOTH(name, parameters_f, parameters_b, arguments) \
  NNGPT_KERNEL(name, float, parameters_f, arguments)            \
  NNGPT_KERNEL(name, bf16, parameters_b, arguments)

#define P(...) (__VA_ARGS__)

NNGPT_BOTH(rms_norm,
    P(const float* x, const float* r, const float* w, float eps, float* s, float* y, float* inv, int64_t b, int64_t e, int64_t n),
    P(const float* x, const bf16* r, const float* w, float eps, float* s, bf16* y, float* inv, int64_t b, int64_t e, int64_t n),
    P(x, r, w, eps, s, y, inv, b, e, n))
NNGPT_BOTH(rms_norm_backward,
    P(const float* s, const float* dy, const float* ds, const float* w, const float* inv, float* dx, float* dw, int64_t b, int64_t e, int64_t n),
    P(const float* s, const bf16* dy, const float* ds, const float* w, const float* inv, float* dx, float* dw, int64_t b, int64_t e, int64_t n),
    P(s, dy, ds, w, inv, dx, dw, b, e, n))
NNGPT_BOTH(swiglu, P(const float* x, float* y, int64_t b, int64_t e, int64_t n), P(const bf16* x, bf16* y, int64_t b, int64_t e, int64_t n), P(x, y, b, e, n))
NNGPT_BOTH(swiglu_backward,
    P(const float* x, const float* dy, float* dx, int64_t b, int64_t e, int64_t n),
    P(const bf16* x, const bf16* dy, bf16* dx, int64_t b, int64_t e, int64_t n), P(x, dy, dx, b, e, n))
NNGPT_BOTH(causal_softmax,
    P(float* s, float* buffer, float scale, int64_t b, int64_t e, int64_t t, int64_t k),
    P(bf16* s, float* buffer, float scale, int64_t b, int64_t e, int64_t t, int64_t k), P(s, buffer, scale, b, e, t, k))
NNGPT_BOTH(causal_softmax_backward,
    P(float* g, const float* p, float scale, int64_t b, int64_t e, int64_t t, int64_t k),
    P(bf16* g, const bf16* p, float scale, int64_t b, int64_t e, int64_t t, int64_t k), P(g, p, scale, b, e, t, k))
NNGPT_BOTH(cross_entropy,
    P(float* l, float* buffer, const int64_t* t, int64_t ignore, float w, double* loss, int64_t b, int64_t e, int64_t c),
    P(bf16* l, float* buffer, const int64_t* t, int64_t ignore, float w, double* loss, int64_t b, int64_t e, int64_t c), P(l, buffer, t, ignore, w, loss, b, e, c))

NNGPT_BOTH(decode_head,
    P(const float* x, float* k, float* v, float* o, const float* c, const float* s, float* b, int64_t h, int64_t nh, int64_t nk, int64_t d, int64_t p, int64_t n, float scale),
    P(const bf16* x, bf16* k, bf16* v, bf16* o, const float* c, const float* s, float* b, int64_t h, int64_t nh, int64_t nk, int64_t d, int64_t p, int64_t n, float scale),
    P(x, k, v, o, c, s, b, h, nh, nk, d, p, n, scale))

void check_cpu(const Tensor& tensor, const char* name) {
  TORCH_CHECK(tensor.device().is_cpu() && tensor.is_contiguous(), name, " must be a contiguous CPU tensor");
}

int64_t grain(int64_t width) {
  return std::max<int64_t>(1, 16384 / std::max<int64_t>(width, 1));
}

// (sum, y): sum = x + residual, y = rmsnorm(sum) * weight in the residual's type.
struct RmsNorm : Function<RmsNorm> {
  static variable_list forward(AutogradContext* context, const Tensor& x, const c10::optional<Tensor>& branch, const Tensor& weight, double eps, int64_t dtype) {
    const Tensor residual = branch.value_or(Tensor());
    check_cpu(x, "x");
    check_cpu(weight, "weight");
    TORCH_CHECK(x.scalar_type() == at::kFloat && weight.scalar_type() == at::kFloat, "x and weight must be float32");
    const int64_t width = x.size(-1), rows = x.numel() / width;
    TORCH_CHECK(weight.numel() == width, "weight must have ", width, " elements");
    if (residual.defined()) {
      check_cpu(residual, "residual");
      TORCH_CHECK(residual.sizes() == x.sizes() && int64_t(residual.scalar_type()) == dtype, "residual must have the shape of x and the wanted dtype");
    }
    Tensor sum = residual.defined() ? at::empty_like(x) : x;
    Tensor y = at::empty(x.sizes(), x.options().dtype(static_cast<at::ScalarType>(dtype)));
    Tensor inverse = at::empty({rows}, x.options());
    by_type(y, [&](auto* tag) {
      using T = std::remove_pointer_t<decltype(tag)>;
      at::parallel_for(0, rows, grain(width), [&](int64_t begin, int64_t end) {
        rms_norm(data<float>(x), residual.defined() ? data<T>(residual) : nullptr, data<float>(weight), float(eps), data<float>(sum), data<T>(y), data<float>(inverse), begin, end, width);
      });
    });
    context->save_for_backward({sum, weight, inverse});
    context->saved_data["residual"] = residual.defined();
    context->saved_data["dtype"] = dtype;
    return residual.defined() ? variable_list{sum, y} : variable_list{y};
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    const Tensor &sum = saved[0], &weight = saved[1], &inverse = saved[2];
    const bool with_residual = context->saved_data["residual"].toBool();
    const auto dtype = static_cast<at::ScalarType>(context->saved_data["dtype"].toInt());
    Tensor dsum = with_residual ? gradients[0] : Tensor();
    Tensor dy = gradients[with_residual ? 1 : 0];
    const int64_t width = sum.size(-1), rows = sum.numel() / width;
    if (!dy.defined()) dy = at::zeros(sum.sizes(), sum.options().dtype(dtype));
    dy = dy.to(dtype).contiguous();
    if (dsum.defined()) dsum = dsum.to(at::kFloat).contiguous();
    Tensor dx = at::empty_like(sum);
    const int64_t threads = at::get_num_threads();
    Tensor partial = at::zeros({threads, width}, sum.options());
    by_type(dy, [&](auto* tag) {
      using T = std::remove_pointer_t<decltype(tag)>;
      at::parallel_for(0, rows, grain(width), [&](int64_t begin, int64_t end) {
        rms_norm_backward(data<float>(sum), data<T>(dy), dsum.defined() ? data<float>(dsum) : nullptr, data<float>(weight), data<float>(inverse),
            data<float>(dx), data<float>(partial) + at::get_thread_num() * width, begin, end, width);
      });
    });
    Tensor dresidual = with_residual ? dx.to(dtype) : Tensor();
    return {dx, dresidual, partial.sum(0), Tensor(), Tensor()};
  }
};

struct SwiGlu : Function<SwiGlu> {
  static Tensor forward(AutogradContext* context, const Tensor& gate_up) {
    check_cpu(gate_up, "gate_up");
    const int64_t width = gate_up.size(-1) / 2, rows = gate_up.numel() / (2 * width);
    auto sizes = gate_up.sizes().vec();
    sizes.back() = width;
    Tensor y = at::empty(sizes, gate_up.options());
    by_type(gate_up, [&](auto* tag) {
      using T = std::remove_pointer_t<decltype(tag)>;
      at::parallel_for(0, rows, grain(width), [&](int64_t begin, int64_t end) { swiglu(data<T>(gate_up), data<T>(y), begin, end, width); });
    });
    context->save_for_backward({gate_up});
    return y;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    Tensor gate_up = context->get_saved_variables()[0];
    Tensor dy = gradients[0].to(gate_up.scalar_type()).contiguous();
    Tensor dx = at::empty_like(gate_up);
    const int64_t width = dy.size(-1), rows = dy.numel() / width;
    by_type(gate_up, [&](auto* tag) {
      using T = std::remove_pointer_t<decltype(tag)>;
      at::parallel_for(0, rows, grain(width), [&](int64_t begin, int64_t end) { swiglu_backward(data<T>(gate_up), data<T>(dy), data<T>(dx), begin, end, width); });
    });
    return {dx};
  }
};

template <class T>
NNGPT_INLINE void heads_rows(T* qkv, T* q, T* k, T* v, const float* cos, const float* sin, int64_t begin, int64_t end, int64_t time,
    int64_t heads, int64_t key_heads, int64_t dim, bool back) {
  const int64_t half = dim / 2;
  for (int64_t row = begin; row < end; ++row) {
    const int64_t batch = row / time, t = row % time;
    T* packed = qkv + row * (heads + 2 * key_heads) * dim;
    for (int64_t h = 0; h < heads + 2 * key_heads; ++h, packed += dim) {
      T* single = h < heads ? q + ((batch * heads + h) * time + t) * dim
          : h < heads + key_heads ? k + ((batch * key_heads + h - heads) * time + t) * dim
                                  : v + ((batch * key_heads + h - heads - key_heads) * time + t) * dim;
      if (h >= heads + key_heads) {
        std::memcpy(back ? packed : single, back ? single : packed, size_t(dim) * sizeof(T));
      } else if (back) {
        rotate(single, packed, cos + t * half, sin + t * half, -1.0f, half);
      } else {
        rotate(packed, single, cos + t * half, sin + t * half, 1.0f, half);
      }
    }
  }
}

NNGPT_BOTH(heads,
    P(float* x, float* q, float* k, float* v, const float* c, const float* s, int64_t b, int64_t e, int64_t t, int64_t h, int64_t kh, int64_t d, bool back),
    P(bf16* x, bf16* q, bf16* k, bf16* v, const float* c, const float* s, int64_t b, int64_t e, int64_t t, int64_t h, int64_t kh, int64_t d, bool back),
    P(x, q, k, v, c, s, b, e, t, h, kh, d, back))

// (B, T, (H + 2 KV) D) -> q (B, H, T, D), k and v (B, KV, T, D), with rotary positions on q and k; cos and sin are (T, D / 2).
struct RotaryHeads : Function<RotaryHeads> {
  static variable_list forward(AutogradContext* context, const Tensor& qkv, const Tensor& cos, const Tensor& sin, int64_t key_heads, int64_t dim) {
    check_cpu(qkv, "qkv");
    check_cpu(cos, "cos");
    check_cpu(sin, "sin");
    const int64_t batch = qkv.size(0), time = qkv.size(1), head_count = qkv.size(2) / dim - 2 * key_heads;
    TORCH_CHECK(cos.numel() == time * dim / 2 && sin.numel() == cos.numel() && cos.scalar_type() == at::kFloat, "cos and sin must be float32 (T, D / 2)");
    Tensor q = at::empty({batch, head_count, time, dim}, qkv.options());
    Tensor k = at::empty({batch, key_heads, time, dim}, qkv.options());
    Tensor v = at::empty({batch, key_heads, time, dim}, qkv.options());
    by_type(qkv, [&](auto* tag) {
      using T = std::remove_pointer_t<decltype(tag)>;
      at::parallel_for(0, batch * time, grain(qkv.size(2)), [&](int64_t begin, int64_t end) {
        heads(data<T>(qkv), data<T>(q), data<T>(k), data<T>(v), data<float>(cos), data<float>(sin), begin, end, time, head_count, key_heads, dim, false);
      });
    });
    context->save_for_backward({cos, sin});
    context->saved_data["heads"] = head_count;
    context->saved_data["key_heads"] = key_heads;
    context->saved_data["dim"] = dim;
    return {q, k, v};
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    const int64_t head_count = context->saved_data["heads"].toInt(), key_heads = context->saved_data["key_heads"].toInt(), dim = context->saved_data["dim"].toInt();
    Tensor dq = gradients[0].contiguous(), dk = gradients[1].contiguous(), dv = gradients[2].contiguous();
    const int64_t batch = dq.size(0), time = dq.size(2);
    Tensor dx = at::empty({batch, time, (head_count + 2 * key_heads) * dim}, dq.options());
    by_type(dq, [&](auto* tag) {
      using T = std::remove_pointer_t<decltype(tag)>;
      at::parallel_for(0, batch * time, grain(dx.size(2)), [&](int64_t begin, int64_t end) {
        heads(data<T>(dx), data<T>(dq), data<T>(dk), data<T>(dv), data<float>(saved[0]), data<float>(saved[1]), begin, end, time, head_count, key_heads, dim, true);
      });
    });
    return {dx, Tensor(), Tensor(), Tensor(), Tensor()};
  }
};

void softmax_in_place(Tensor& scores, double scale, int64_t time) {
  const int64_t keys = scores.size(-1), rows = scores.numel() / keys;
  by_type(scores, [&](auto* tag) {
    using T = std::remove_pointer_t<decltype(tag)>;
    at::parallel_for(0, rows, grain(keys), [&](int64_t begin, int64_t end) {
      std::vector<float> buffer(keys);
      causal_softmax(data<T>(scores), buffer.data(), float(scale), begin, end, time, keys);
    });
  });
}

// Causal attention; q (B, H, T, D), k and v (B, KV, S, D) with S >= T: the queries are the last T positions. Queries that share a
// key head are stacked along time, so that keys are never repeated. Result (B, T, H D). Long sequences are taken in chunks of
// queries, each with the keys that it can see, which saves most of the upper triangle.
struct CausalAttention : Function<CausalAttention> {
  static int64_t chunk_length(int64_t time, int64_t group) {
    return group == 1 && time > 192 ? 128 : time;
  }

  static Tensor forward(AutogradContext* context, const Tensor& q, const Tensor& k, const Tensor& v) {
    check_cpu(q, "q");
    check_cpu(k, "k");
    check_cpu(v, "v");
    const int64_t batch = q.size(0), head_count = q.size(1), time = q.size(2), dim = q.size(3), key_heads = k.size(1), keys = k.size(2);
    TORCH_CHECK(head_count % key_heads == 0 && keys >= time, "heads must be a multiple of key heads, and keys at least queries");
    const int64_t group = head_count / key_heads;
    const double scale = 1.0 / std::sqrt(double(dim));
    Tensor queries = q.view({batch * key_heads, group * time, dim}), key = k.view({batch * key_heads, keys, dim}), value = v.view({batch * key_heads, keys, dim});
    const int64_t step = chunk_length(time, group);
    const bool whole = step == time;
    variable_list saved{q, k, v}, outputs;
    for (int64_t start = 0; start < time; start += step) {
      const int64_t length = std::min(step, time - start), visible = keys - time + start + length;
      Tensor part = whole ? queries : queries.narrow(1, start, length);
      Tensor p = at::bmm(part, key.narrow(1, 0, visible).transpose(1, 2));
      softmax_in_place(p, scale, length);
      outputs.push_back(at::bmm(p, value.narrow(1, 0, visible)));
      saved.push_back(p);
    }
    context->save_for_backward(saved);
    Tensor o = outputs.size() == 1 ? outputs[0] : at::cat(outputs, 1);
    return o.view({batch, head_count, time, dim}).transpose(1, 2).reshape({batch, time, head_count * dim});
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    const Tensor &q = saved[0], &k = saved[1], &v = saved[2];
    const int64_t batch = q.size(0), head_count = q.size(1), time = q.size(2), dim = q.size(3), key_heads = k.size(1), keys = k.size(2);
    const int64_t group = head_count / key_heads;
    const double scale = 1.0 / std::sqrt(double(dim));
    Tensor queries = q.view({batch * key_heads, group * time, dim}), key = k.view({batch * key_heads, keys, dim}), value = v.view({batch * key_heads, keys, dim});
    Tensor dout = gradients[0].to(q.scalar_type()).view({batch, time, head_count, dim}).transpose(1, 2).contiguous().view({batch * key_heads, group * time, dim});
    const int64_t step = chunk_length(time, group);
    const bool whole = step == time;
    Tensor dk, dv;
    if (!whole) {
      dk = at::zeros(key.sizes(), key.options().dtype(at::kFloat));
      dv = at::zeros_like(dk);
    }
    variable_list query_gradients;
    for (int64_t start = 0, chunk = 0; start < time; start += step, ++chunk) {
      const Tensor& p = saved[3 + chunk];
      const int64_t length = std::min(step, time - start), visible = p.size(2);
      Tensor part = whole ? dout : dout.narrow(1, start, length);
      Tensor seen_key = key.narrow(1, 0, visible);
      Tensor ds = at::bmm(part, value.narrow(1, 0, visible).transpose(1, 2));
      const int64_t rows = ds.numel() / visible;
      by_type(ds, [&](auto* tag) {
        using T = std::remove_pointer_t<decltype(tag)>;
        at::parallel_for(0, rows, grain(visible), [&](int64_t begin, int64_t end) {
          causal_softmax_backward(data<T>(ds), data<T>(p), float(scale), begin, end, length, visible);
        });
      });
      query_gradients.push_back(at::bmm(ds, seen_key));
      Tensor chunk_dk = at::bmm(ds.transpose(1, 2), whole ? queries : queries.narrow(1, start, length));
      Tensor chunk_dv = at::bmm(p.transpose(1, 2), part);
      if (whole) {
        dk = chunk_dk;
        dv = chunk_dv;
      } else {
        dk.narrow(1, 0, visible).add_(chunk_dk);
        dv.narrow(1, 0, visible).add_(chunk_dv);
      }
    }
    Tensor dq = whole ? query_gradients[0] : at::cat(query_gradients, 1);
    return {dq.view(q.sizes()), dk.to(k.scalar_type()).view(k.sizes()), dv.to(v.scalar_type()).view(v.sizes())};
  }
};

// Mean (or sum / divisor) of -log softmax(logits)[target]. Overwrites the logits, which nothing else may use, with their gradient.
struct CrossEntropyLoss : Function<CrossEntropyLoss> {
  static Tensor forward(AutogradContext* context, const Tensor& logits, const Tensor& targets, int64_t ignore_index, double divisor) {
    check_cpu(logits, "logits");
    check_cpu(targets, "targets");
    TORCH_CHECK(logits.dim() == 2 && targets.scalar_type() == at::kLong && targets.numel() == logits.size(0), "targets must be int64, one for each row of logits");
    const int64_t classes = logits.size(1), rows = logits.size(0);
    const int64_t* labels = data<int64_t>(targets);
    int64_t counted = 0;
    for (int64_t i = 0; i < rows; ++i) {
      TORCH_CHECK_INDEX(labels[i] == ignore_index || (labels[i] >= 0 && labels[i] < classes), "Target ", labels[i], " is out of bounds.");
      counted += labels[i] != ignore_index;
    }
    const double weight = divisor > 0 ? 1.0 / divisor : counted > 0 ? 1.0 / double(counted) : 0.0;
    Tensor gradient = logits.detach();
    std::vector<double> losses(at::get_num_threads() * 8, 0.0);
    by_type(gradient, [&](auto* tag) {
      using T = std::remove_pointer_t<decltype(tag)>;
      at::parallel_for(0, rows, grain(classes), [&](int64_t begin, int64_t end) {
        std::vector<float> buffer(classes);
        cross_entropy(data<T>(gradient), buffer.data(), labels, ignore_index, float(weight), &losses[at::get_thread_num() * 8], begin, end, classes);
      });
    });
    double total = 0;
    for (double loss : losses) total += loss;
    context->saved_data["gradient"] = gradient;
    return at::scalar_tensor(total * weight, logits.options().dtype(at::kFloat));
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    Tensor gradient = context->saved_data["gradient"].toTensor();
    const double scale = gradients[0].item<double>();
    return {scale == 1.0 ? gradient : gradient * scale, Tensor(), Tensor(), Tensor()};
  }
};

std::tuple<Tensor, Tensor> add_rms_norm(const Tensor& x, const Tensor& residual, const Tensor& weight, double eps) {
  auto result = RmsNorm::apply(x, c10::optional<Tensor>(residual), weight, eps, int64_t(residual.scalar_type()));
  return {result[0], result[1]};
}

Tensor plain_rms_norm(const Tensor& x, const Tensor& weight, double eps, at::ScalarType dtype) {
  return RmsNorm::apply(x, c10::optional<Tensor>(), weight, eps, int64_t(dtype))[0];
}

Tensor swiglu_op(const Tensor& gate_up) {
  return SwiGlu::apply(gate_up);
}

std::tuple<Tensor, Tensor, Tensor> rotary_heads(const Tensor& qkv, const Tensor& cos, const Tensor& sin, int64_t key_heads, int64_t dim) {
  auto result = RotaryHeads::apply(qkv, cos, sin, key_heads, dim);
  return {result[0], result[1], result[2]};
}

Tensor causal_attention(const Tensor& q, const Tensor& k, const Tensor& v) {
  return CausalAttention::apply(q, k, v);
}

// One new token for each of R sequences; sequence r owns slot slots[r] of the caches and stands at positions[r]. qkv is
// (R, (H + 2 KV) D), cos and sin are (positions, D / 2), keys (slots, KV, D, capacity), values (slots, KV, capacity, D).
Tensor decode_attention(const Tensor& qkv, const Tensor& cos, const Tensor& sin, Tensor& keys, Tensor& values, const Tensor& slots, const Tensor& positions) {
  for (const Tensor* tensor : {&qkv, &cos, &sin, &slots, &positions}) check_cpu(*tensor, "arguments");
  check_cpu(keys, "keys");
  check_cpu(values, "values");
  const int64_t rows = qkv.size(0), key_heads = keys.size(1), dim = keys.size(2), capacity = keys.size(3), head_count = qkv.size(1) / dim - 2 * key_heads;
  TORCH_CHECK(values.size(0) == keys.size(0) && values.size(1) == key_heads && values.size(2) == capacity && values.size(3) == dim, "values must be (slots, KV, capacity, D)");
  TORCH_CHECK(slots.numel() == rows && positions.numel() == rows && slots.scalar_type() == at::kLong && positions.scalar_type() == at::kLong, "slots and positions must be int64 (R)");
  TORCH_CHECK(cos.scalar_type() == at::kFloat && sin.scalar_type() == at::kFloat && keys.scalar_type() == qkv.scalar_type() && values.scalar_type() == qkv.scalar_type(), "dtypes differ");
  const int64_t *slot = data<int64_t>(slots), *position = data<int64_t>(positions);
  for (int64_t r = 0; r < rows; ++r) {
    TORCH_CHECK_INDEX(slot[r] >= 0 && slot[r] < keys.size(0) && position[r] >= 0 && position[r] < capacity && position[r] < cos.size(0), "slot or position out of range");
  }
  Tensor out = at::empty({rows, head_count * dim}, qkv.options());
  const float scale = 1.0f / std::sqrt(float(dim));
  by_type(qkv, [&](auto* tag) {
    using T = std::remove_pointer_t<decltype(tag)>;
    at::parallel_for(0, rows * key_heads, 4, [&](int64_t begin, int64_t end) {
      std::vector<float> scratch(dim + capacity);
      for (int64_t i = begin; i < end; ++i) {
        const int64_t r = i / key_heads, head = i % key_heads, cache = (slot[r] * key_heads + head) * dim * capacity;
        decode_head(data<T>(qkv) + r * qkv.size(1), data<T>(keys) + cache, data<T>(values) + cache, data<T>(out) + r * head_count * dim,
            data<float>(cos) + position[r] * (dim / 2), data<float>(sin) + position[r] * (dim / 2), scratch.data(), head, head_count, key_heads, dim, position[r], capacity, scale);
      }
    });
  });
  return out;
}

Tensor cross_entropy_op(const Tensor& logits, const Tensor& targets, int64_t ignore_index, double divisor) {
  return CrossEntropyLoss::apply(logits, targets, ignore_index, divisor);
}

}  // namespace

TORCH_LIBRARY(nngpt, library) {
  library.def("rms_norm(Tensor x, Tensor weight, float eps, *, ScalarType dtype) -> Tensor", plain_rms_norm);
  library.def("add_rms_norm(Tensor x, Tensor residual, Tensor weight, float eps) -> (Tensor sum, Tensor y)", add_rms_norm);
  library.def("swiglu(Tensor gate_up) -> Tensor", swiglu_op);
  library.def("rotary_heads(Tensor qkv, Tensor cos, Tensor sin, int key_heads, int head_dim) -> (Tensor q, Tensor k, Tensor v)", rotary_heads);
  library.def("causal_attention(Tensor q, Tensor k, Tensor v) -> Tensor", causal_attention);
  library.def("decode_attention(Tensor qkv, Tensor cos, Tensor sin, Tensor(a!) keys, Tensor(b!) values, Tensor slots, Tensor positions) -> Tensor", decode_attention);
  library.def("cross_entropy_(Tensor logits, Tensor targets, int ignore_index=-100, float divisor=0) -> Tensor", cross_entropy_op);
}

}  // namespace nngpt
