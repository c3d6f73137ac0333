using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Modules;

/// <summary><c>enum</c>.</summary>
internal static class EnumModule
{
    internal const string Members = "_member_map_";
    // In the body of a flag, auto() | auto() is what their numbers will make.
    private static readonly PyClass s_auto = new PyClass("auto", "enum")
        .Method("__or__", (a, b) => Deferred(BinaryOperator.Or, a, b))
        .Method("__ror__", (b, a) => Deferred(BinaryOperator.Or, a, b))
        .Method("__and__", (a, b) => Deferred(BinaryOperator.And, a, b))
        .Method("__xor__", (a, b) => Deferred(BinaryOperator.Xor, a, b));

    private static AutoOperation Deferred(BinaryOperator op, object left, object right) => new(s_auto!, op, left, right);

    private static readonly PyClass s_meta = new PyClass("EnumType", "enum", PyTypes.Type)
        .New("cls, name, bases, names, **kwargs", a => EnumCreation.Create(a.As<PyClass>(0), a.Text(1), a.As<PyTuple>(2).Items, a.Dict(3)))
        .Method("__call__", "cls, value, names=None, *, start=1, **kwargs", a => a.IsNone(2)
            ? EnumCreation.ByValue(a.As<PyClass>(0), a[1])
            : EnumCreation.Functional(a.As<PyClass>(0), a.Text(1), a[2], a.Long(3)))
        .Method("__iter__", cls => new NativeIterator("generator", Distinct((PyClass)cls)))
        .Method("__reversed__", cls => new NativeIterator("generator", Distinct((PyClass)cls).Reverse()))
        .Method("__len__", cls => Py.Int(Distinct((PyClass)cls).Count()))
        .Method("__bool__", _ => Py.True)
        .Method("__getitem__", (cls, name) => MembersOf((PyClass)cls).TryGet(name, out var member) ? member : throw PyErrors.KeyError(name))
        .Method("__contains__", (cls, value) => Py.Bool(Distinct((PyClass)cls).Any(m => ReferenceEquals(m, value) || Py.AreEqual(ValueOf(m), value))))
        .Method("__repr__", cls => $"<enum '{((PyClass)cls).Name}'>")
        .Property("__members__", cls => MembersOf((PyClass)cls).Copy());

    public static PyClass Auto => s_auto;

    public static PyClass Enum { get; } = Base("Enum", [PyTypes.Object])
        .Property("name", self => ((PyObject)self).GetAttribute("_name_") ?? PyNone.Value)
        .Property("value", ValueOf)
        .Method("__repr__", self => $"<{Py.TypeName(self)}{(IsNamed(self) ? "." + NameOf(self) : "")}: {Py.Repr(ValueOf(self))}>")
        .Method("__str__", self => IsNamed(self) ? $"{Py.TypeName(self)}.{NameOf(self)}" : $"{Py.TypeName(self)}({Py.Repr(ValueOf(self))})")
        .Method("__format__", (self, spec) => Py.Format(Py.Str(self), Py.Str(spec)))
        .Method("__hash__", self => Py.Int(PyHash.OfString(NameOf(self))))
        .Method("__copy__", self => self)
        .Method("__deepcopy__", (self, _) => self)
        .Method("__dir__", self => new PyList(new List<object> { "name", "value" }));

    public static PyClass IntEnum { get; } = Base("IntEnum", [PyTypes.Int, Enum])
        .Method("__str__", self => BuiltinRepr.Of(Py.Unbox(self)))
        .Attribute("__repr__", Enum.Lookup("__repr__")!);

    public static PyClass StrEnum { get; } = Base("StrEnum", [PyTypes.Str, Enum])
        .Method("__str__", self => Py.Unbox(self))
        .Attribute("__repr__", Enum.Lookup("__repr__")!);

    public static PyClass Flag { get; } = Flags(Base("Flag", [Enum]));

    public static PyClass IntFlag { get; } = Flags(Base("IntFlag", [PyTypes.Int, Flag]))
        .Method("__str__", self => BuiltinRepr.Of(Py.Unbox(self)))
        .Attribute("__repr__", Flag.Lookup("__repr__")!);

    public static PyModule Create() => new PyModule("enum")
        .Add(Enum).Add(IntEnum).Add(StrEnum).Add(Flag).Add(IntFlag).Add(s_auto)
        .Set("EnumMeta", s_meta).Set("EnumType", s_meta)
        .Function("unique", "enumeration", a =>
        {
            foreach (var (name, member) in MembersOf(a.As<PyClass>(0)).Entries)
            {
                if (NameOf(member) != (string)name)
                    throw PyErrors.ValueError($"duplicate values found in {Py.Repr(a[0])}: {name} -> {NameOf(member)}");
            }

            return a[0];
        });

    public static PyDict MembersOf(PyClass cls) => cls.Namespace.GetOrNull(Members) as PyDict ?? new PyDict();

    public static object ValueOf(object member) => ((PyObject)member).GetAttribute("_value_") ?? PyNone.Value;

    // A flag without a bit has no name.
    private static bool IsNamed(object member) => ((PyObject)member).GetAttribute("_name_") is string;

    public static string NameOf(object member) => ((PyObject)member).GetAttribute("_name_") as string ?? Py.Repr(ValueOf(member));

    private static IEnumerable<object> Distinct(PyClass cls) =>
        MembersOf(cls).Entries.Where(e => NameOf(e.Value) == (string)e.Key && (!cls.IsSubclassOf(Flag) || IsOneBit(ValueOf(e.Value)))).Select(e => e.Value).ToList();

    // A flag's members are its single bits; what is made of them has a name only.
    private static bool IsOneBit(object value) => !Py.IsInt(value) || System.Numerics.BitOperations.PopCount((ulong)Py.ToLong(value)) == 1;

    private static PyClass Base(string name, PyClass[] bases) => new(name, "enum", bases, new PyDict(), s_meta) { IsNative = true };

    private static PyClass Flags(PyClass cls)
    {
        void Operator(string name, BinaryOperator op) => cls.Method(name, (a, b) =>
            EnumCreation.ByValue(Py.TypeOf(a), Py.Binary(op, ValueOf(a), b is PyObject { Class: { } type } && type.IsSubclassOf(Enum) ? ValueOf(b) : b)));
        Operator("__or__", BinaryOperator.Or);
        Operator("__and__", BinaryOperator.And);
        Operator("__xor__", BinaryOperator.Xor);
        cls.Method("__invert__", self => EnumCreation.ByValue(
            Py.TypeOf(self),
            Py.Int(Distinct(Py.TypeOf(self)).Aggregate(0L, (all, m) => all | Py.ToLong(ValueOf(m))) & ~Py.ToLong(ValueOf(self)))));
        cls.Method("__contains__", (self, other) => Py.Bool((Py.ToLong(ValueOf(self)) & Py.ToLong(ValueOf(other))) == Py.ToLong(ValueOf(other))));
        cls.Method("__bool__", self => Py.Bool(Py.Truth(ValueOf(self))));
        return cls;
    }
}
