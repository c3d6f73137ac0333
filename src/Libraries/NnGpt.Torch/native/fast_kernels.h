// Kernels that take libtorch's place and need less time: those with the same results for everyone, those with other last digits on
// threads that ask for them. What they were not made for, and every error, stays libtorch's.
#pragma once

#include <torch/library.h>

namespace nngpt {

// Whether this thread has asked.
extern thread_local bool fast_kernels;

// mm, bmm, addmm and baddbmm of float32 by oneDNN. Nothing where libtorch has loaded no oneDNN of its own.
void register_products(torch::Library& library);

// native_batch_norm and its gradient in training, channels last.
void register_batch_norm(torch::Library& library);

// native_layer_norm and its gradient, float32.
void register_layer_norm(torch::Library& library);

// gelu and its gradient, exact.
void register_gelu(torch::Library& library);

// _softmax and its gradient over the last dimension.
void register_softmax(torch::Library& library);

// uniform_ and bernoulli_ with libtorch's numbers, on every thread.
void register_random(torch::Library& library);

}  // namespace nngpt
