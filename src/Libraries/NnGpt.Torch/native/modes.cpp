// State of the thread and of the process: gradients, inference, autocast, random numbers, threads, memory.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/Context.h>
#include <ATen/Version.h>
#include <c10/core/InferenceMode.h>
#include <torch/version.h>

#include <malloc.h>

#include <cstdlib>
#include <cstring>
#include <mutex>

using namespace nngpt;

NNGPT_EXPORT const char* nngpt_torch_version() {
  return TORCH_VERSION;
}

NNGPT_EXPORT int32_t nngpt_cuda_device_count() {
  try {
    return at::hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
  } catch (...) {
    remember_current_exception();
    return 0;
  }
}

// "AVX2", "AVX512", "DEFAULT"...: the kernels that ATen chose for this processor.
NNGPT_EXPORT char* nngpt_cpu_capability() {
  static const std::string label = "CPU capability usage: ";
  try {
    std::string text = at::show_config();
    size_t start = text.find(label);
    if (start == std::string::npos) return strdup("");
    start += label.size();
    return strdup(text.substr(start, text.find_first_of("\r\n", start) - start).c_str());
  } catch (...) {
    remember_current_exception();
    return strdup("");
  }
}

// Memory of freed tensors stays with the process instead of going back to the system at every step. The other settings
// hold for the main arena only: the heaps of a thread's arena are unmapped as soon as they are empty.
NNGPT_EXPORT void nngpt_tune_malloc() {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_TOP_PAD, 64 << 20);
}

NNGPT_EXPORT void nngpt_trim_malloc() {
  malloc_trim(0);
}

NNGPT_EXPORT void nngpt_set_num_threads(int32_t n) {
  try {
    at::set_num_threads(n);
  } catch (...) {
    remember_current_exception();
  }
}

NNGPT_EXPORT int32_t nngpt_get_num_threads() {
  return at::get_num_threads();
}

NNGPT_EXPORT int32_t nngpt_grad_mode() {
  return at::GradMode::is_enabled();
}

NNGPT_EXPORT void nngpt_set_grad_mode(int32_t enabled) {
  at::GradMode::set_enabled(enabled != 0);
}

NNGPT_EXPORT void* nngpt_inference_enter() {
  return new c10::InferenceMode(true);
}

NNGPT_EXPORT void nngpt_inference_leave(void* guard) {
  delete static_cast<c10::InferenceMode*>(guard);
}

// Returns the state before, to be given to nngpt_autocast_leave.
NNGPT_EXPORT int32_t nngpt_autocast_enter(int32_t device_type, int32_t dtype, int32_t cache) {
  bool cuda = device_type == int32_t(at::DeviceType::CUDA);
#if TORCH_VERSION_MAJOR >= 2
  auto device = static_cast<at::DeviceType>(device_type);
  int32_t before = (at::autocast::is_autocast_enabled(device) ? 1 : 0) | (at::autocast::is_autocast_cache_enabled() ? 2 : 0) |
      (int32_t(at::autocast::get_autocast_dtype(device)) << 8);
  at::autocast::set_autocast_enabled(device, true);
  at::autocast::set_autocast_dtype(device, static_cast<at::ScalarType>(dtype));
  (void)cuda;
#else
  int32_t before = ((cuda ? at::autocast::is_enabled() : at::autocast::is_cpu_enabled()) ? 1 : 0) |
      (at::autocast::is_autocast_cache_enabled() ? 2 : 0) |
      (int32_t(cuda ? at::autocast::get_autocast_gpu_dtype() : at::autocast::get_autocast_cpu_dtype()) << 8);
  if (cuda) {
    at::autocast::set_enabled(true);
    at::autocast::set_autocast_gpu_dtype(static_cast<at::ScalarType>(dtype));
  } else {
    at::autocast::set_cpu_enabled(true);
    at::autocast::set_autocast_cpu_dtype(static_cast<at::ScalarType>(dtype));
  }
#endif
  at::autocast::increment_nesting();
  at::autocast::set_autocast_cache_enabled(cache != 0);
  return before;
}

NNGPT_EXPORT void nngpt_autocast_leave(int32_t device_type, int32_t before) {
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_cache_enabled((before & 2) != 0);
  auto dtype = static_cast<at::ScalarType>(before >> 8);
#if TORCH_VERSION_MAJOR >= 2
  at::autocast::set_autocast_enabled(static_cast<at::DeviceType>(device_type), (before & 1) != 0);
  at::autocast::set_autocast_dtype(static_cast<at::DeviceType>(device_type), dtype);
#else
  if (device_type == int32_t(at::DeviceType::CUDA)) {
    at::autocast::set_enabled((before & 1) != 0);
    at::autocast::set_autocast_gpu_dtype(dtype);
  } else {
    at::autocast::set_cpu_enabled((before & 1) != 0);
    at::autocast::set_autocast_cpu_dtype(dtype);
  }
#endif
}

NNGPT_EXPORT int32_t nngpt_manual_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

NNGPT_EXPORT void* nngpt_generator_create(uint64_t seed) {
  return new at::Generator(at::detail::createCPUGenerator(seed));
}

NNGPT_EXPORT void* nngpt_generator_default() {
  return new at::Generator(at::detail::getDefaultCPUGenerator());
}

NNGPT_EXPORT void nngpt_generator_free(void* generator) {
  delete static_cast<at::Generator*>(generator);
}

NNGPT_EXPORT int32_t nngpt_generator_seed(void* generator, uint64_t seed) {
  return guarded([&] {
    auto& target = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_current_seed(seed);
  });
}

NNGPT_EXPORT int32_t nngpt_generator_state(void* generator, void** out) {
  return guarded([&] {
    auto& source = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(source.mutex());
    *out = release(source.get_state());
  });
}

NNGPT_EXPORT int32_t nngpt_generator_set_state(void* generator, void* state) {
  return guarded([&] {
    auto& target = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_state(borrow(state));
  });
}

// Seeds of the default generator: torch.initial_seed().
NNGPT_EXPORT uint64_t nngpt_initial_seed() {
  return at::detail::getDefaultCPUGenerator().current_seed();
}
