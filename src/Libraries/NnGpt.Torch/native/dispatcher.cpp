// Finding operators by schema and calling them boxed.
#include "guards.h"
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <c10/util/Logging.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace nngpt {

namespace {

thread_local std::string last_error;

enum class Kind { Plain, Tensor, TensorList, OptionalTensorList, Float, FloatList, IntList, BoolList, Scalar, Device };

struct Argument {
  Kind kind = Kind::Plain;
  bool optional = false;
  int32_t broadcast = 0;  // N of int[N]: one number stands for N
  c10::optional<c10::IValue> default_value;
};

struct Operator {
  explicit Operator(c10::OperatorHandle found) : handle(std::move(found)) {}
  c10::OperatorHandle handle;
  std::vector<Argument> arguments;
  std::string schema;
  Guard guard = nullptr;  // what libtorch does not check itself
};

Argument describe(const c10::Argument& argument) {
  Argument result;
  result.default_value = argument.default_value();
  result.broadcast = argument.N().value_or(0);
  c10::TypePtr type = argument.type();
  if (auto optional = type->cast<c10::OptionalType>()) {
    result.optional = true;
    type = optional->getElementType();
  }
  switch (type->kind()) {
    case c10::TypeKind::TensorType: result.kind = Kind::Tensor; break;
    case c10::TypeKind::FloatType: result.kind = Kind::Float; break;
    case c10::TypeKind::NumberType: result.kind = Kind::Scalar; break;
    case c10::TypeKind::DeviceObjType: result.kind = Kind::Device; break;
    case c10::TypeKind::ListType: {
      c10::TypePtr element = type->castRaw<c10::ListType>()->getElementType();
      switch (element->kind()) {
        case c10::TypeKind::TensorType: result.kind = Kind::TensorList; break;
        case c10::TypeKind::OptionalType: result.kind = Kind::OptionalTensorList; break;
        case c10::TypeKind::FloatType: result.kind = Kind::FloatList; break;
        case c10::TypeKind::BoolType: result.kind = Kind::BoolList; break;
        default: result.kind = Kind::IntList; break;
      }
      break;
    }
    default: break;
  }
  return result;
}

[[noreturn]] void mismatch(const Operator& op, size_t index, const char* got) {
  const auto& schema = op.handle.schema();
  C10_THROW_ERROR(TypeError, schema.name() + "(): argument '" + schema.arguments()[index].name() + "' must be " +
      schema.arguments()[index].type()->str() + ", not " + got);
}

c10::IValue int_list(const Operator& op, size_t index, const Value& value, int32_t broadcast) {
  c10::List<int64_t> list;
  if (value.tag == TAG_INTS) {
    const auto* items = static_cast<const int64_t*>(value.p);
    list.reserve(value.n);
    for (int32_t i = 0; i < value.n; ++i) list.push_back(items[i]);
  } else if (value.tag == TAG_INT) {
    for (int32_t i = 0; i < std::max(broadcast, 1); ++i) list.push_back(value.i);
  } else if (value.n != 0 || value.tag < TAG_INTS) {
    mismatch(op, index, "another kind of value");
  }
  return list;
}

c10::IValue double_list(const Operator& op, size_t index, const Value& value, int32_t broadcast) {
  c10::List<double> list;
  if (value.tag == TAG_DOUBLES) {
    for (int32_t i = 0; i < value.n; ++i) list.push_back(static_cast<const double*>(value.p)[i]);
  } else if (value.tag == TAG_INTS) {
    for (int32_t i = 0; i < value.n; ++i) list.push_back(double(static_cast<const int64_t*>(value.p)[i]));
  } else if (value.tag == TAG_DOUBLE || value.tag == TAG_INT) {
    double item = value.tag == TAG_INT ? double(value.i) : value.d;
    for (int32_t i = 0; i < std::max(broadcast, 1); ++i) list.push_back(item);
  } else {
    mismatch(op, index, "another kind of value");
  }
  return list;
}

c10::IValue bool_list(const Operator& op, size_t index, const Value& value, int32_t broadcast) {
  c10::List<bool> list;
  if (value.tag == TAG_BOOLS) {
    for (int32_t i = 0; i < value.n; ++i) list.push_back(static_cast<const uint8_t*>(value.p)[i] != 0);
  } else if (value.tag == TAG_BOOL) {
    for (int32_t i = 0; i < std::max(broadcast, 1); ++i) list.push_back(value.i != 0);
  } else if (value.n != 0) {
    mismatch(op, index, "another kind of value");
  }
  return list;
}

c10::IValue to_ivalue(const Operator& op, size_t index, const Value& value) {
  const Argument& argument = op.arguments[index];
  if (value.tag == TAG_DEFAULT) {
    if (!argument.default_value) {
      const auto& schema = op.handle.schema();
      C10_THROW_ERROR(TypeError, schema.name() + "() missing 1 required positional arguments: \"" +
          schema.arguments()[index].name() + "\"");
    }
    return *argument.default_value;
  }
  if (value.tag == TAG_NONE) {
    if (argument.kind == Kind::Tensor && !argument.optional) return at::Tensor();
    return c10::IValue();
  }
  switch (argument.kind) {
    case Kind::Tensor:
      if (value.tag != TAG_TENSOR) mismatch(op, index, "another kind of value");
      return borrow(value.p);
    case Kind::TensorList: {
      if (value.tag != TAG_TENSORS) {
        if (value.tag >= TAG_INTS && value.n == 0) return c10::List<at::Tensor>();
        mismatch(op, index, "another kind of value");
      }
      c10::List<at::Tensor> list;
      list.reserve(value.n);
      for (int32_t i = 0; i < value.n; ++i) list.push_back(borrow(static_cast<void**>(value.p)[i]));
      return list;
    }
    case Kind::OptionalTensorList: {
      if (value.tag != TAG_TENSORS) mismatch(op, index, "another kind of value");
      c10::List<c10::optional<at::Tensor>> list;
      list.reserve(value.n);
      for (int32_t i = 0; i < value.n; ++i) {
        void* handle = static_cast<void**>(value.p)[i];
        list.push_back(handle ? c10::optional<at::Tensor>(borrow(handle)) : c10::nullopt);
      }
      return list;
    }
    case Kind::Float:
      if (value.tag == TAG_DOUBLE) return value.d;
      if (value.tag == TAG_INT || value.tag == TAG_BOOL) return double(value.i);
      mismatch(op, index, "another kind of value");
    case Kind::IntList: return int_list(op, index, value, argument.broadcast);
    case Kind::FloatList: return double_list(op, index, value, argument.broadcast);
    case Kind::BoolList: return bool_list(op, index, value, argument.broadcast);
    case Kind::Device:
      if (value.tag != TAG_DEVICE) mismatch(op, index, "another kind of value");
      return c10::Device(static_cast<c10::DeviceType>(value.i >> 16), static_cast<c10::DeviceIndex>((value.i & 0xffff) - 1));
    default: break;
  }
  switch (value.tag) {
    case TAG_INT: return value.i;
    case TAG_DOUBLE: return value.d;
    case TAG_BOOL: return value.i != 0;
    case TAG_STRING: return std::string(static_cast<const char*>(value.p), value.n);
    case TAG_GENERATOR: return *static_cast<at::Generator*>(value.p);
    default: mismatch(op, index, "another kind of value");
  }
}

template <class T>
T* copy_out(const std::vector<T>& items) {
  auto* copy = static_cast<T*>(std::malloc(std::max<size_t>(items.size(), 1) * sizeof(T)));
  std::copy(items.begin(), items.end(), copy);
  return copy;
}

Value from_ivalue(c10::IValue value) {
  Value out{};
  if (value.isTensor()) {
    out.tag = TAG_TENSOR;
    out.p = release(std::move(value).toTensor());
    if (out.p == nullptr) out.tag = TAG_NONE;
  } else if (value.isInt()) {
    out.tag = TAG_INT;
    out.i = value.toInt();
  } else if (value.isDouble()) {
    out.tag = TAG_DOUBLE;
    out.d = value.toDouble();
  } else if (value.isBool()) {
    out.tag = TAG_BOOL;
    out.i = value.toBool();
  } else if (value.isTensorList()) {
    std::vector<void*> handles;
    for (at::Tensor& tensor : value.toTensorVector()) handles.push_back(release(std::move(tensor)));
    out.tag = TAG_TENSORS;
    out.n = static_cast<int32_t>(handles.size());
    out.p = copy_out(handles);
  } else if (value.isIntList()) {
    auto items = value.toIntVector();
    out.tag = TAG_INTS;
    out.n = static_cast<int32_t>(items.size());
    out.p = copy_out(items);
  } else if (value.isString()) {
    const std::string& text = value.toStringRef();
    out.tag = TAG_STRING;
    out.n = static_cast<int32_t>(text.size());
    out.p = copy_out(std::vector<char>(text.begin(), text.end()));
  } else if (!value.isNone()) {
    C10_THROW_ERROR(NotImplementedError, "an operator returned a value of type " + value.tagKind());
  }
  return out;
}

}  // namespace

ErrorCode remember_current_exception() noexcept {
  try {
    throw;
  } catch (const c10::IndexError& error) {
    last_error = error.what_without_backtrace();
    return INDEX_ERROR;
  } catch (const c10::ValueError& error) {
    last_error = error.what_without_backtrace();
    return VALUE_ERROR;
  } catch (const c10::TypeError& error) {
    last_error = error.what_without_backtrace();
    return TYPE_ERROR;
  } catch (const c10::NotImplementedError& error) {
    last_error = error.what_without_backtrace();
    return NOT_IMPLEMENTED_ERROR;
  } catch (const c10::LinAlgError& error) {
    last_error = error.what_without_backtrace();
    return LINALG_ERROR;
  } catch (const c10::OutOfMemoryError& error) {
    last_error = error.what_without_backtrace();
    return OUT_OF_MEMORY_ERROR;
  } catch (const c10::Error& error) {
    last_error = error.what_without_backtrace();
    // The CPU allocator reports an allocation that fails as a plain error.
    return last_error.find("DefaultCPUAllocator: ") != std::string::npos ? OUT_OF_MEMORY_ERROR : RUNTIME_ERROR;
  } catch (const std::bad_alloc&) {
    last_error = "out of memory";
    return OUT_OF_MEMORY_ERROR;
  } catch (const std::exception& error) {
    last_error = error.what();
    return RUNTIME_ERROR;
  } catch (...) {
    last_error = "unknown native exception";
    return RUNTIME_ERROR;
  }
}

}  // namespace nngpt

using namespace nngpt;

NNGPT_EXPORT const char* nngpt_last_error() {
  return last_error.c_str();
}

// Once, before any other call. Symbolising a backtrace costs milliseconds a throw; errors are ordinary here.
NNGPT_EXPORT void nngpt_initialize() {
  c10::SetStackTraceFetcher([] { return std::string(); });
}

// The names of all operators as "aten::add.Tensor" lines; freed by nngpt_free_buffer.
NNGPT_EXPORT char* nngpt_operator_names() {
  std::string all;
  for (const c10::OperatorName& name : c10::Dispatcher::singleton().getAllOpNames()) {
    if (!c10::Dispatcher::singleton().findSchema(name)) continue;
    all += name.name;
    if (!name.overload_name.empty()) all += "." + name.overload_name;
    all += '\n';
  }
  return strdup(all.c_str());
}

NNGPT_EXPORT void nngpt_free_buffer(void* buffer) {
  std::free(buffer);
}

// An operator that lives as long as the process, or null when there is none of that name.
NNGPT_EXPORT void* nngpt_operator_find(const char* name, const char* overload) {
  try {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!found) return nullptr;
    auto* op = new Operator(*found);
    for (const c10::Argument& argument : found->schema().arguments()) op->arguments.push_back(describe(argument));
    op->schema = c10::toString(found->schema());
    op->guard = find_guard(found->schema().operator_name());
    return op;
  } catch (...) {
    remember_current_exception();
    return nullptr;
  }
}

NNGPT_EXPORT const char* nngpt_operator_schema(void* op) {
  return static_cast<Operator*>(op)->schema.c_str();
}

// Arguments in the schema's order; those left out at the end take their defaults. `results` has room for
// `capacity` values; `count` receives how many there are.
NNGPT_EXPORT int32_t nngpt_operator_call(
    void* handle, const Value* arguments, int32_t n, Value* results, int32_t capacity, int32_t* count) {
  return guarded([&] {
    const Operator& op = *static_cast<Operator*>(handle);
    const size_t expected = op.arguments.size();
    TORCH_CHECK_TYPE(size_t(n) <= expected, op.handle.schema().name(), "() takes ", expected, " arguments but ", n, " were given");
    torch::jit::Stack stack;
    stack.reserve(expected);
    static const Value omitted{TAG_DEFAULT, 0, {0}};
    for (size_t i = 0; i < expected; ++i) {
      stack.push_back(to_ivalue(op, i, i < size_t(n) ? arguments[i] : omitted));
    }
    if (op.guard) op.guard(stack);
    op.handle.callBoxed(&stack);
    TORCH_CHECK(stack.size() <= size_t(capacity), "too many results");
    *count = static_cast<int32_t>(stack.size());
    for (size_t i = 0; i < stack.size(); ++i) results[i] = from_ivalue(std::move(stack[i]));
  });
}
