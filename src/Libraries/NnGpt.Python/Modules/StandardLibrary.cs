using NnGpt.Python.Modules;

namespace NnGpt.Python;

/// <summary>The standard modules that candidate code may import. None of them reaches outside the interpreter.</summary>
public static class StandardLibrary
{
    /// <summary>Registers all of them.</summary>
    public static void Register(Interpreter interpreter)
    {
        ArgumentNullException.ThrowIfNull(interpreter);
        interpreter.RegisterModule("math", MathModule.Create);
        interpreter.RegisterModule("typing", TypingModule.Create);
        interpreter.RegisterModule("typing_extensions", TypingModule.Create);
        interpreter.RegisterModule("functools", () => SourceModules.Extend(interpreter, FunctoolsModule.Create(), "functools_dispatch"));
        interpreter.RegisterModule("itertools", ItertoolsModule.Create);
        interpreter.RegisterModule("collections", CollectionsModule.Create);
        interpreter.RegisterModule("collections.abc", AbstractCollections.CreateModule);
        interpreter.RegisterModule("copy", CopyModule.Create);
        interpreter.RegisterModule("random", RandomModule.Create);
        interpreter.RegisterModule("enum", EnumModule.Create);
        interpreter.RegisterModule("dataclasses", DataclassesModule.Create);
        interpreter.RegisterModule("abc", AbcModule.Create);
        interpreter.RegisterModule("types", TypesModule.Create);
        interpreter.RegisterModule("warnings", QuietModules.CreateWarnings);
        interpreter.RegisterModule("logging", QuietModules.CreateLogging);
        interpreter.RegisterModule("operator", OperatorModule.Create);
        interpreter.RegisterModule("re", RegularExpressionModule.Create);
        interpreter.RegisterModule("string", StringModule.Create);
        interpreter.RegisterModule("time", SystemModules.CreateTime);
        interpreter.RegisterModule("sys", () => SourceModules.Extend(interpreter, SystemModules.CreateSys(interpreter), "sys"));
        interpreter.RegisterModule("contextlib", () => SourceModules.Extend(interpreter, ContextlibModule.Create(), "contextlib_stack"));
        interpreter.RegisterModule("numbers", NumbersModule.Create);
        interpreter.RegisterModule("inspect", () => SourceModules.Extend(interpreter, InspectModule.Create(), "inspect"));
        interpreter.RegisterModule("__future__", SystemModules.CreateFuture);
        interpreter.RegisterModule("hashlib", HashlibModule.Create);
        foreach (var name in RefusingModules.Names)
            interpreter.RegisterModule(name, () => RefusingModules.Create(name));
        foreach (var name in SourceModules.Names)
            interpreter.RegisterModule(name, () => SourceModules.Create(interpreter, name));
    }
}
