using NnGpt.Candidates.Execution;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Autograd;

/// <summary>torch.no_grad and its relatives, as context managers and as decorators.</summary>
internal static class GradModes
{
    public static readonly PyClass NoGradClass = Make("no_grad", "self", _ => false);
    public static readonly PyClass EnableGradClass = Make("enable_grad", "self", _ => true);
    public static readonly PyClass InferenceModeClass = Make("inference_mode", "self, mode=True", a => a.Bool(1) ? false : NoGrad.IsGradEnabled);
    public static readonly PyClass SetGradClass = MakeSetGrad();

    private static PyClass Make(string name, string signature, Func<NativeArguments, bool> wanted)
    {
        var cls = new PyClass(name, "torch.autograd.grad_mode");
        // torch.no_grad()(f), @torch.no_grad() and, for a bare decorator, @torch.no_grad.
        cls.New("cls, *args, **kwargs", a => a.Tuple(1) is [PyFunction or NativeFunction] function
            ? Wrap((PyClass)a[0], function[0])
            : new PyInstance((PyClass)a[0]));
        cls.Method("__init__", signature, a =>
        {
            ((PyInstance)a[0]).SetAttribute("mode", Py.Bool(wanted(a)));
            return null;
        });
        AddContext(cls);
        return cls;
    }

    private static PyClass MakeSetGrad()
    {
        var cls = new PyClass("set_grad_enabled", "torch.autograd.grad_mode");
        cls.Method("__init__", "self, mode", a =>
        {
            var self = (PyInstance)a[0];
            self.SetAttribute("prev", Py.Bool(NoGrad.IsGradEnabled));
            self.SetAttribute("mode", Py.Bool(a.Bool(1)));
            NoGrad.IsGradEnabled = a.Bool(1);
            return null;
        });
        cls.Method("__enter__", _ => Py.None);
        cls.Method("__exit__", "self, *args", a =>
        {
            NoGrad.IsGradEnabled = Py.Truth(((PyInstance)a[0]).GetAttribute("prev")!);
            return null;
        });
        return cls;
    }

    private static void AddContext(PyClass cls)
    {
        cls.Method("__enter__", self =>
        {
            ((PyInstance)self).SetAttribute("prev", Py.Bool(NoGrad.IsGradEnabled));
            NoGrad.IsGradEnabled = Py.Truth(Py.GetAttr(self, "mode"));
            return Py.None;
        });
        cls.Method("__exit__", "self, *args", a =>
        {
            NoGrad.IsGradEnabled = Py.Truth(((PyInstance)a[0]).GetAttribute("prev")!);
            return null;
        });
        cls.Method("__call__", "self, func", a => Decorate(a[1], () => Py.Truth(Py.GetAttr(a[0], "mode"))));
    }

    private static object Wrap(PyClass cls, object function) =>
        Decorate(function, () => ReferenceEquals(cls, EnableGradClass));

    private static object Decorate(object function, Func<bool> mode) =>
        new NativeFunction((function as PyFunction)?.Name ?? "wrapper", "*args, **kwargs", a =>
        {
            var before = NoGrad.IsGradEnabled;
            NoGrad.IsGradEnabled = mode();
            try
            {
                return Py.CallWith(function, a.Tuple(0).Items, a.Dict(1));
            }
            finally
            {
                NoGrad.IsGradEnabled = before;
            }
        });
}
