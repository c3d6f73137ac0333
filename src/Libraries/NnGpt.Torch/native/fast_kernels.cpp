#include "fast_kernels.h"

#include "shim.h"

#include <c10/util/Exception.h>
#include <torch/version.h>

using namespace nngpt;

namespace nngpt {

thread_local bool fast_kernels = false;

}  // namespace nngpt

namespace {

// libtorch warns of a kernel that takes another's place.
struct Silence : c10::WarningHandler {
#if TORCH_VERSION_MAJOR >= 2
  void process(const c10::Warning&) override {}
#else
  void process(const c10::SourceLocation&, const std::string&, const bool) override {}
#endif
};

void install() {
  static Silence silence;
#if TORCH_VERSION_MAJOR >= 2
  c10::WarningUtils::WarningHandlerGuard guard(&silence);
#else
  c10::Warning::WarningHandlerGuard guard(&silence);
#endif
  static torch::Library library(torch::Library::IMPL, "aten", c10::DispatchKey::CPU, __FILE__, __LINE__);
  register_products(library);
  register_batch_norm(library);
  register_layer_norm(library);
  register_gelu(library);
  register_softmax(library);
  register_random(library);
}

}  // namespace

NNGPT_EXPORT void nngpt_install_kernels() {
  try {
    install();
  } catch (...) {
    remember_current_exception();
  }
}

// Whether this thread has those with other last digits; returns what it was before.
NNGPT_EXPORT int32_t nngpt_set_fast_kernels(int32_t value) {
  const bool before = fast_kernels;
  fast_kernels = value != 0;
  return before;
}
