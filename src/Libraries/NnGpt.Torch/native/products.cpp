// Matrix products of float32 by oneDNN. libtorch on Debian has them from OpenBLAS, whose digits
// are PyTorch's; oneDNN takes the processor's widest instructions whatever OpenBLAS was told, and needs no copies and no
// tensor objects for the members of a batch.
#include "fast_kernels.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/ops/addmm_cpu_dispatch.h>
#include <ATen/ops/baddbmm_cpu_dispatch.h>
#include <ATen/ops/bmm_cpu_dispatch.h>
#include <ATen/ops/mm_cpu_dispatch.h>

#include <dlfcn.h>

#include <algorithm>
#include <memory>

using namespace nngpt;

namespace {

// dnnl_sgemm of oneDNN's C interface: row-major, C = alpha A B + beta C.
using Sgemm = int (*)(char, char, int64_t, int64_t, int64_t, float, const float*, int64_t, const float*, int64_t, float, float*, int64_t);

// Null where libtorch has not loaded a oneDNN of its own; then everything stays as it is.
Sgemm find_sgemm() {
  for (const char* name : {"libdnnl.so.2", "libdnnl.so.3"}) {
    if (void* library = dlopen(name, RTLD_LAZY | RTLD_NOLOAD)) return reinterpret_cast<Sgemm>(dlsym(library, "dnnl_sgemm"));
  }
  return nullptr;
}

Sgemm sgemm = nullptr;

// How oneDNN reads a matrix where it lies: each row, or ('T') each column, without gaps.
struct Layout {
  char transposed;
  int64_t leading;
};

bool layout_of(int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride, Layout& layout) {
  if ((columns == 1 || column_stride == 1) && (rows == 1 || row_stride >= columns)) {
    layout = {'N', rows == 1 ? columns : row_stride};
    return true;
  }
  if ((rows == 1 || row_stride == 1) && (columns == 1 || column_stride >= rows)) {
    layout = {'T', columns == 1 ? rows : column_stride};
    return true;
  }
  return false;
}

// A matrix or a batch of matrices, copied only when oneDNN cannot read it.
struct Operand {
  explicit Operand(const at::Tensor& given) : tensor(given) {
    const int64_t last = given.dim() - 1;
    if (!layout_of(given.size(last - 1), given.size(last), given.stride(last - 1), given.stride(last), layout)) {
      tensor = given.contiguous();
      layout = {'N', given.size(last)};
    }
    data = tensor.data_ptr<float>();
    step = given.dim() == 3 ? tensor.stride(0) : 0;
  }

  at::Tensor tensor;
  Layout layout;
  const float* data;
  int64_t step;
};

bool is_plain(const at::Tensor& tensor, int64_t dim) {
  return tensor.defined() && tensor.scalar_type() == at::kFloat && tensor.dim() == dim && tensor.numel() > 0;
}

// Everything else, and every error, is libtorch's.
bool fits(const at::Tensor& a, const at::Tensor& b, int64_t dim) {
  return fast_kernels && is_plain(a, dim) && is_plain(b, dim) && a.size(dim - 1) == b.size(dim - 2) && (dim == 2 || a.size(0) == b.size(0));
}

void multiply(const Operand& a, const Operand& b, int64_t index, int64_t m, int64_t n, int64_t k, float alpha, float beta, float* result) {
  sgemm(a.layout.transposed, b.layout.transposed, m, n, k, alpha, a.data + index * a.step, a.layout.leading, b.data + index * b.step,
      b.layout.leading, beta, result + index * m * n, n);
}

void multiply(const at::Tensor& a, const at::Tensor& b, float alpha, float beta, at::Tensor& result) {
  const Operand left(a), right(b);
  const int64_t dim = a.dim(), m = a.size(dim - 2), k = a.size(dim - 1), n = b.size(dim - 1);
  float* data = result.data_ptr<float>();
  if (dim == 2) {
    multiply(left, right, 0, m, n, k, alpha, beta, data);
    return;
  }
  at::parallel_for(0, a.size(0), std::max<int64_t>(1, (1 << 18) / (m * n * k)), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) multiply(left, right, i, m, n, k, alpha, beta, data);
  });
}

at::Tensor product(const at::Tensor& a, const at::Tensor& b) {
  at::Tensor result = a.dim() == 2 ? at::empty({a.size(0), b.size(1)}, a.options()) : at::empty({a.size(0), a.size(1), b.size(2)}, a.options());
  multiply(a, b, 1, 0, result);
  return result;
}

// beta * start + alpha * a b, where `start` is spread over the result.
at::Tensor product_onto(const at::Tensor& start, const at::Tensor& a, const at::Tensor& b, float beta, float alpha) {
  at::Tensor result = a.dim() == 2 ? at::empty({a.size(0), b.size(1)}, a.options()) : at::empty({a.size(0), a.size(1), b.size(2)}, a.options());
  if (beta != 0) result.copy_(start);
  multiply(a, b, alpha, beta, result);
  return result;
}

bool fits_onto(const at::Tensor& start, const at::Tensor& a, const at::Tensor& b, int64_t dim) {
  if (!fits(a, b, dim) || !start.defined() || start.scalar_type() != at::kFloat || start.dim() > dim) return false;
  const int64_t sizes[] = {a.size(0), a.size(dim - 2), b.size(dim - 1)};
  for (int64_t i = 0; i < start.dim(); ++i) {
    const int64_t size = start.size(start.dim() - 1 - i);
    if (size != 1 && size != (i == 0 ? sizes[2] : i == 1 ? sizes[1] : sizes[0])) return false;
  }
  return true;
}

at::Tensor mm(const at::Tensor& a, const at::Tensor& b) {
  return fits(a, b, 2) ? product(a, b) : at::cpu::mm(a, b);
}

// libtorch packs a bfloat16 operand whose rows lie apart before oneDNN takes it: one that is stored by columns it would read
// element by element. Packed by columns it does as well.
at::Tensor packed(const at::Tensor& matrices) {
  const bool by_columns = fast_kernels && matrices.scalar_type() == at::kBFloat16 && matrices.dim() == 3 && matrices.stride(1) == 1 &&
      matrices.stride(2) >= matrices.size(1);
  return by_columns ? matrices.transpose(1, 2).contiguous().transpose(1, 2) : matrices;
}

at::Tensor bmm(const at::Tensor& a, const at::Tensor& b) {
  return fits(a, b, 3) ? product(a, b) : at::cpu::bmm(packed(a), packed(b));
}

at::Tensor addmm(const at::Tensor& start, const at::Tensor& a, const at::Tensor& b, const at::Scalar& beta, const at::Scalar& alpha) {
  return fits_onto(start, a, b, 2) ? product_onto(start, a, b, beta.toFloat(), alpha.toFloat()) : at::cpu::addmm(start, a, b, beta, alpha);
}

at::Tensor baddbmm(const at::Tensor& start, const at::Tensor& a, const at::Tensor& b, const at::Scalar& beta, const at::Scalar& alpha) {
  return fits_onto(start, a, b, 3) ? product_onto(start, a, b, beta.toFloat(), alpha.toFloat()) : at::cpu::baddbmm(start, a, b, beta, alpha);
}

}  // namespace

void nngpt::register_products(torch::Library& library) {
  sgemm = find_sgemm();
  if (sgemm == nullptr) return;
  library.impl("mm", mm);
  library.impl("bmm", bmm);
  library.impl("addmm", addmm);
  library.impl("baddbmm", baddbmm);
}
