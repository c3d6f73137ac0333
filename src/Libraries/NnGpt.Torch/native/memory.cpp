// Memory of tensors on the CPU: counted, refused above the limit of the calling thread before it is asked for, and,
// for fuzzing, fenced so that an access out of bounds ends the process instead of going unnoticed.
#include "shim.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>

#include <malloc.h>
#include <sys/mman.h>

#include <atomic>
#include <cstring>
#include <limits>

using namespace nngpt;

namespace {

enum Fence : int32_t { NO_FENCE = 0, FENCE_AFTER = 1, FENCE_BEFORE = 2 };

constexpr size_t PAGE = 4096;

std::atomic<int64_t> in_use{0};
std::atomic<int32_t> fence{NO_FENCE};
thread_local int64_t limit = std::numeric_limits<int64_t>::max();

void admit(size_t bytes) {
  int64_t used = in_use.load(std::memory_order_relaxed);
  if (limit - used < 0 || bytes > size_t(limit - used)) {
    C10_THROW_ERROR(OutOfMemoryError, c10::str("DefaultCPUAllocator: can't allocate memory: you tried to allocate ", bytes,
        " bytes. Tensors hold ", used, " bytes and may hold ", limit));
  }
}

// Fenced memory has addresses of its own, never used twice, so that it can be told from other memory.
constexpr uintptr_t FENCED_BEGIN = uintptr_t(1) << 44, FENCED_END = uintptr_t(1) << 45;
std::atomic<uintptr_t> next_fenced{FENCED_BEGIN};

// One page that cannot be touched and keeps the size, the data, another page that cannot be touched. The data ends
// where the last page begins, or begins where the first ends.
void* allocate_fenced(size_t bytes, int32_t where) {
  size_t aligned = (bytes + 15) & ~size_t(15);
  size_t pages = (aligned + PAGE - 1) & ~(PAGE - 1);
  size_t total = pages + 2 * PAGE;
  uintptr_t address = next_fenced.fetch_add(total);
  void* map = address + total > FENCED_END ? MAP_FAILED
      : mmap(reinterpret_cast<void*>(address), total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (map == MAP_FAILED) C10_THROW_ERROR(OutOfMemoryError, "DefaultCPUAllocator: can't allocate memory behind a fence");
  auto* start = static_cast<char*>(map);
  std::memcpy(start, &total, sizeof total);
  mprotect(start, PAGE, PROT_NONE);
  mprotect(start + PAGE + pages, PAGE, PROT_NONE);
  in_use.fetch_add(int64_t(total), std::memory_order_relaxed);
  return start + PAGE + (where == FENCE_AFTER ? pages - aligned : 0);
}

void free_fenced(uintptr_t data) {
  char* start = reinterpret_cast<char*>(data & ~uintptr_t(PAGE - 1)) - PAGE;
  mprotect(start, PAGE, PROT_READ);
  size_t total;
  std::memcpy(&total, start, sizeof total);
  munmap(start, total);
  in_use.fetch_sub(int64_t(total), std::memory_order_relaxed);
}

void free_counted(void* data) {
  if (data == nullptr) return;
  if (auto address = reinterpret_cast<uintptr_t>(data); address >= FENCED_BEGIN && address < FENCED_END) return free_fenced(address);
  in_use.fetch_sub(int64_t(malloc_usable_size(data)), std::memory_order_relaxed);
  c10::free_cpu(data);
}

class CountingAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t bytes) const override {
    admit(bytes);
    int32_t where = fence.load(std::memory_order_relaxed);
    void* data;
    if (where != NO_FENCE && bytes != 0) {
      data = allocate_fenced(bytes, where);
    } else if ((data = c10::alloc_cpu(bytes)) != nullptr) {
      in_use.fetch_add(int64_t(malloc_usable_size(data)), std::memory_order_relaxed);
    }
    return {data, data, &free_counted, c10::Device(c10::DeviceType::CPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &free_counted; }
};

CountingAllocator counting;

}  // namespace

NNGPT_EXPORT void nngpt_count_memory() {
  c10::SetCPUAllocator(&counting, std::numeric_limits<uint8_t>::max());
}

NNGPT_EXPORT int64_t nngpt_memory_in_use() {
  return in_use.load(std::memory_order_relaxed);
}

// Bytes that the tensors of all threads may hold when the calling thread asks for more. Returns the limit before.
NNGPT_EXPORT int64_t nngpt_set_memory_limit(int64_t bytes) {
  int64_t before = limit;
  limit = bytes;
  return before;
}

NNGPT_EXPORT void nngpt_fence_memory(int32_t where) {
  fence.store(where, std::memory_order_relaxed);
}
