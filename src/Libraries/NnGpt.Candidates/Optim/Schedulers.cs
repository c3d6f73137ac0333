using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Optim;

/// <summary>torch.optim.lr_scheduler: chainable forms, which read the rates that the optimiser has now.</summary>
internal static class Schedulers
{
    public static readonly PyClass Base = DefineBase();

    public static readonly IReadOnlyList<PyClass> All = [.. Define()];

    private static PyClass DefineBase()
    {
        var cls = new PyClass("_LRScheduler", "torch.optim.lr_scheduler");
        cls.Method("__init__", "self, optimizer, last_epoch=-1, verbose=False", a =>
        {
            Start((PyInstance)a[0], a[1], a.Long(2));
            return null;
        });
        cls.Method("step", "self, epoch=None", a =>
        {
            Step((PyInstance)a[0], a[1]);
            return null;
        });
        cls.Method("get_last_lr", self => Py.GetAttr(self, "_last_lr"));
        cls.Method("get_lr", "self", _ => throw PyErrors.NotImplementedError(""));
        cls.Method("state_dict", self =>
        {
            var state = ((PyObject)self).Attributes?.Copy() ?? new PyDict();
            state.Remove("optimizer");
            return state;
        });
        cls.Method("load_state_dict", "self, state_dict", a =>
        {
            foreach (var (name, value) in a.Dict(1).Entries)
                ((PyObject)a[0]).SetAttribute((string)name, value);
            return null;
        });
        cls.Method("print_lr", "self, *args", _ => null);
        return cls;
    }

    private static IEnumerable<PyClass> Define()
    {
        yield return Declare("StepLR", "step_size, gamma=0.1", (s, rates) =>
            s.Epoch == 0 || s.Epoch % s.Long("step_size") != 0 ? rates : Scale(rates, s.Number("gamma")),
            closed: s => Scale(s.BaseRates, Math.Pow(s.Number("gamma"), Math.Floor((double)s.Epoch / s.Long("step_size")))));
        yield return Declare("MultiStepLR", "milestones, gamma=0.1", (s, rates) =>
        {
            var hits = Py.ToList(s.Value("milestones")).Count(m => Py.ToLong(m) == s.Epoch);
            return hits == 0 ? rates : Scale(rates, Math.Pow(s.Number("gamma"), hits));
        }, closed: s => Scale(s.BaseRates, Math.Pow(s.Number("gamma"), Py.ToList(s.Value("milestones")).Count(m => Py.ToLong(m) <= s.Epoch))));
        yield return Declare("ExponentialLR", "gamma", (s, rates) => s.Epoch == 0 ? rates : Scale(rates, s.Number("gamma")),
            closed: s => Scale(s.BaseRates, Math.Pow(s.Number("gamma"), s.Epoch)));
        yield return Declare("ConstantLR", "factor=0.3333333333333333, total_iters=5", (s, rates) =>
            s.Epoch == 0 ? Scale(rates, s.Number("factor"))
            : s.Epoch == s.Long("total_iters") ? Scale(rates, 1 / s.Number("factor")) : rates,
            s => Fraction(s, "factor", "Constant"),
            s => Scale(s.BaseRates, s.Number("factor") + (s.Epoch >= s.Long("total_iters") ? 1 - s.Number("factor") : 0)));
        yield return Declare("LinearLR", "start_factor=0.3333333333333333, end_factor=1.0, total_iters=5", (s, rates) =>
        {
            var (start, end, total) = (s.Number("start_factor"), s.Number("end_factor"), s.Long("total_iters"));
            if (s.Epoch == 0)
                return Scale(rates, start);
            return s.Epoch > total ? rates : Scale(rates, 1 + (end - start) / (total * start + (s.Epoch - 1) * (end - start)));
        }, s =>
        {
            Fraction(s, "start_factor", "Starting");
            Fraction(s, "end_factor", "Ending");
        }, s =>
        {
            var (start, end, total) = (s.Number("start_factor"), s.Number("end_factor"), s.Long("total_iters"));
            return Scale(s.BaseRates, start + (end - start) * Math.Min(total, s.Epoch) / total);
        });
        yield return Declare("PolynomialLR", "total_iters=5, power=1.0", (s, rates) =>
        {
            var total = s.Number("total_iters");
            return s.Epoch == 0 || s.Epoch > total ? rates
                : Scale(rates, Math.Pow((1 - s.Epoch / total) / (1 - (s.Epoch - 1) / total), s.Number("power")));
        }, closed: s => Scale(s.BaseRates, Math.Pow(1 - Math.Min(s.Number("total_iters"), s.Epoch) / s.Number("total_iters"), s.Number("power"))));
        yield return Declare("LambdaLR", "lr_lambda", (s, _) => Multiplied(s, s.BaseRates));
        yield return Declare("MultiplicativeLR", "lr_lambda", (s, rates) => s.Epoch > 0 ? Multiplied(s, rates) : rates);
        yield return Declare("CosineAnnealingLR", "T_max, eta_min=0", (s, rates) =>
        {
            var (max, low) = (s.Number("T_max"), s.Number("eta_min"));
            if (s.Epoch == 0)
                return rates;
            if ((s.Epoch - 1 - (long)max) % (2 * (long)Math.Max(1, max)) == 0 && max == Math.Floor(max))
                return [.. rates.Select((rate, i) => rate + (s.BaseRates[i] - low) * (1 - Math.Cos(Math.PI / max)) / 2)];
            return [.. rates.Select(rate => (1 + Math.Cos(Math.PI * s.Epoch / max)) / (1 + Math.Cos(Math.PI * (s.Epoch - 1) / max)) * (rate - low) + low)];
        }, closed: s =>
        {
            var (max, low) = (s.Number("T_max"), s.Number("eta_min"));
            return [.. s.BaseRates.Select(rate => low + (rate - low) * (1 + Math.Cos(Math.PI * s.Epoch / max)) / 2)];
        });
        yield return Declare("CosineAnnealingWarmRestarts", "T_0, T_mult=1, eta_min=0", (s, _) =>
        {
            var (position, length, factor) = (s.Number("last_epoch"), s.Number("T_0"), s.Number("T_mult"));
            while (position >= length)
            {
                position -= length;
                length *= factor;
            }

            var low = s.Number("eta_min");
            s.Self.SetAttribute("T_cur", s.Value("last_epoch") is long ? Py.Int((long)position) : position);
            s.Self.SetAttribute("T_i", s.Value("T_0") is long && s.Value("T_mult") is long ? Py.Int((long)length) : length);
            // Between two epochs the position is kept, the epoch is whole.
            if (s.Value("last_epoch") is double part)
                s.Self.SetAttribute("last_epoch", Py.Int((long)Math.Floor(part)));
            return [.. s.BaseRates.Select(rate => low + (rate - low) * (1 + Math.Cos(Math.PI * position / length)) / 2)];
        }, s =>
        {
            if (s.Value("T_0") is not long first || first <= 0)
                throw PyErrors.ValueError($"Expected positive integer T_0, but got {Py.Str(s.Value("T_0"))}");
            if (s.Value("T_mult") is not long factor || factor < 1)
                throw PyErrors.ValueError($"Expected integer T_mult >= 1, but got {Py.Str(s.Value("T_mult"))}");
        });
        yield return Declare("CyclicLR", "base_lr, max_lr, step_size_up=2000, step_size_down=None, mode='triangular', gamma=1.0, scale_fn=None, scale_mode='cycle', cycle_momentum=True, base_momentum=0.8, max_momentum=0.9", (s, rates) =>
        {
            var up = s.Number("step_size_up");
            var down = s.Value("step_size_down") is PyNone ? up : s.Number("step_size_down");
            var total = up + down;
            var cycle = Math.Floor(1 + s.Epoch / total);
            var x = 1 + s.Epoch / total - cycle;
            var scale = x <= up / total ? x / (up / total) : (x - 1) / (up / total - 1);
            var amplitude = s.Value("scale_fn") is not PyNone ? Py.ToDouble(Py.Call(s.Value("scale_fn"), Py.Str(s.Value("scale_mode")) == "cycle" ? cycle : Py.Int(s.Epoch)))
                : Py.Str(s.Value("mode")) switch { "triangular2" => 1 / Math.Pow(2, cycle - 1), "exp_range" => Math.Pow(s.Number("gamma"), s.Epoch), _ => 1 };
            var (low, high) = (PerGroup(s.Value("base_lr"), rates.Length), PerGroup(s.Value("max_lr"), rates.Length));
            if (Py.Truth(s.Value("cycle_momentum")))
            {
                var (least, most) = (PerGroup(s.Value("base_momentum"), rates.Length), PerGroup(s.Value("max_momentum"), rates.Length));
                for (var i = 0; i < rates.Length; i++)
                    s.Groups[i].Set("momentum", most[i] - (most[i] - least[i]) * scale * amplitude);
            }

            return [.. rates.Select((_, i) => low[i] + (high[i] - low[i]) * scale * amplitude)];
        }, s =>
        {
            if (Py.Truth(s.Value("cycle_momentum")) && s.Groups.Any(group => group.GetOrNull("momentum") is null))
                throw PyErrors.ValueError("optimizer must support momentum with `cycle_momentum` option enabled");
        });
        yield return OneCycle.Define();
        yield return Plateau.Define();
        yield return Sequence.Define();
    }

    /// <summary>Declares a scheduler; every parameter after the optimiser becomes an attribute.</summary>
    internal static PyClass Declare(string name, string signature, Func<SchedulerState, double[], double[]> rates, Action<SchedulerState>? prepare = null, Func<SchedulerState, double[]>? closed = null)
    {
        var cls = new PyClass(name, "torch.optim.lr_scheduler", Base);
        var names = signature.Split(", ").Select(part => part.Split('=')[0]).ToArray();
        cls.Method("__init__", $"self, optimizer, {signature}, last_epoch=-1, verbose=False", a =>
        {
            var self = (PyInstance)a[0];
            for (var i = 0; i < names.Length; i++)
                self.SetAttribute(names[i], a[i + 2]);
            self.SetAttribute("optimizer", a[1]);
            self.SetAttribute("verbose", a[names.Length + 3]);
            if (prepare is not null)
            {
                RequireOptimizer(a[1]);
                prepare(new SchedulerState(self));
            }

            Start(self, a[1], a.Long(names.Length + 2));
            return null;
        });
        if (closed is not null)
            cls.Method("_get_closed_form_lr", self => new PyList(closed(new SchedulerState((PyInstance)self)).Select(rate => (object)rate)));
        cls.Method("get_lr", self =>
        {
            var state = new SchedulerState((PyInstance)self);
            return new PyList(rates(state, state.Rates).Select(rate => (object)rate));
        });
        return cls;
    }

    internal static void RequireOptimizer(object optimizer)
    {
        if (!Py.IsInstance(optimizer, OptimizerClass.Type))
            throw PyErrors.TypeError($"{Py.TypeName(optimizer)} is not an Optimizer");
    }

    private static void Start(PyInstance self, object optimizer, long lastEpoch)
    {
        RequireOptimizer(optimizer);
        self.SetAttribute("optimizer", optimizer);
        var bases = new PyList();
        foreach (var group in OptimizerClass.Groups((PyObject)optimizer))
        {
            if (group.GetOrNull("initial_lr") is null && lastEpoch != -1)
                throw PyErrors.KeyError($"param 'initial_lr' is not specified in param_groups[{bases.Items.Count}] when resuming an optimizer");
            if (group.GetOrNull("initial_lr") is null)
                group.Set("initial_lr", group.GetOrNull("lr")!);
            bases.Items.Add(group.GetOrNull("initial_lr")!);
        }

        self.SetAttribute("base_lrs", bases);
        self.SetAttribute("last_epoch", Py.Int(lastEpoch));
        self.SetAttribute("_step_count", Py.Int(0));
        Py.CallMethod(self, "step");
    }

    private static void Step(PyInstance self, object epoch)
    {
        var now = epoch is PyNone ? Py.Binary(BinaryOperator.Add, Py.GetAttr(self, "last_epoch"), Py.Int(1)) : epoch;
        self.SetAttribute("last_epoch", now);
        self.SetAttribute("_step_count", Py.Int(Py.ToLong(Py.GetAttr(self, "_step_count")) + 1));
        // For an epoch that is named the rates do not follow from those before it.
        var method = epoch is not PyNone && self.Class.Lookup("_get_closed_form_lr") is not null ? "_get_closed_form_lr" : "get_lr";
        var rates = Py.ToList(Py.CallMethod(self, method));
        foreach (var (group, rate) in OptimizerClass.Groups((PyObject)Py.GetAttr(self, "optimizer")).Zip(rates))
            group.Set("lr", rate);
        self.SetAttribute("_last_lr", new PyList(rates));
    }

    private static void Fraction(SchedulerState s, string name, string what)
    {
        if (s.Number(name) is < 0 or > 1)
            throw PyErrors.ValueError($"{what} multiplicative factor expected to be between 0 and 1.");
    }

    private static double[] Scale(double[] rates, double factor) => [.. rates.Select(rate => rate * factor)];

    internal static double[] PerGroup(object value, int count) => value is PyList or PyTuple
        ? Py.ToList(value).Count == count ? [.. Py.ToList(value).Select(Py.ToDouble)] : throw PyErrors.ValueError($"expected {count} values for max_lr, got {Py.ToList(value).Count}")
        : [.. Enumerable.Repeat(Py.ToDouble(value), count)];

    private static double[] Multiplied(SchedulerState s, double[] rates)
    {
        var given = s.Value("lr_lambda");
        var functions = given is PyList or PyTuple ? Py.ToList(given) : [.. Enumerable.Repeat(given, rates.Length)];
        if (functions.Count != rates.Length)
            throw PyErrors.ValueError($"Expected {rates.Length} lr_lambdas, but got {functions.Count}");
        return [.. rates.Select((rate, i) => rate * Py.ToDouble(Py.Call(functions[i], Py.Int(s.Epoch))))];
    }
}
