using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>warnings</c> and <c>logging</c>, which say nothing.</summary>
internal static class QuietModules
{
    private static readonly PyClass s_catch = new PyClass("catch_warnings", "warnings")
        .Method("__init__", "self, *, record=False, module=None, **kwargs", a =>
        {
            a.As<PyInstance>(0).NativeState = a.Bool(1);
            return null;
        })
        .Method("__enter__", self => ((PyInstance)self).NativeState is true ? new PyList() : PyNone.Value)
        .Method("__exit__", "self, type, value, traceback", _ => false);

    private static readonly PyClass s_logger = Logger();

    public static PyModule CreateWarnings()
    {
        var module = new PyModule("warnings").Add(s_catch);
        foreach (var name in (string[])["warn", "warn_explicit", "filterwarnings", "simplefilter", "resetwarnings"])
            module.Function(name, "*args, **kwargs", _ => null);
        return module;
    }

    public static PyModule CreateLogging()
    {
        var module = new PyModule("logging")
            .Set("DEBUG", Py.Int(10)).Set("INFO", Py.Int(20)).Set("WARNING", Py.Int(30)).Set("WARN", Py.Int(30))
            .Set("ERROR", Py.Int(40)).Set("CRITICAL", Py.Int(50)).Set("NOTSET", Py.Int(0)).Set("Logger", s_logger);
        var root = MakeLogger("root");
        module.Set("root", root).Function("getLogger", "name=None", a => a.IsNone(0) ? root : MakeLogger(a.Text(0)));
        foreach (var name in (string[])["debug", "info", "warning", "warn", "error", "critical", "exception", "log", "basicConfig", "disable", "captureWarnings"])
            module.Function(name, "*args, **kwargs", _ => null);
        foreach (var name in (string[])["StreamHandler", "NullHandler", "Formatter"])
            module.Function(name, "*args, **kwargs", _ => MakeLogger("handler"));
        return module;
    }

    private static PyInstance MakeLogger(string name)
    {
        var logger = new PyInstance(s_logger);
        logger.SetAttribute("name", name);
        logger.SetAttribute("handlers", new PyList());
        logger.SetAttribute("level", Py.Int(30));
        logger.SetAttribute("propagate", Py.True);
        return logger;
    }

    private static PyClass Logger()
    {
        var cls = new PyClass("Logger", "logging");
        foreach (var name in (string[])[
                     "debug", "info", "warning", "warn", "error", "critical", "exception", "log", "setLevel", "addHandler",
                     "removeHandler", "setFormatter"])
        {
            cls.Method(name, "self, *args, **kwargs", _ => null);
        }

        return cls.Method("isEnabledFor", "self, level", a => a.Long(1) >= 30)
            .Method("hasHandlers", "self", _ => false)
            .Method("getEffectiveLevel", "self", _ => Py.Int(30));
    }
}
