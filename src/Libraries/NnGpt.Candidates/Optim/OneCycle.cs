using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Optim;

/// <summary>OneCycleLR (Smith, "Super-Convergence"): up to max_lr, then down, momentum the other way round.</summary>
internal static class OneCycle
{
    public static PyClass Define() => Schedulers.Declare("OneCycleLR",
        "max_lr, total_steps=None, epochs=None, steps_per_epoch=None, pct_start=0.3, anneal_strategy='cos', cycle_momentum=True, base_momentum=0.85, max_momentum=0.95, div_factor=25.0, final_div_factor=10000.0, three_phase=False",
        Rates, Prepare);

    private static void Prepare(SchedulerState s)
    {
        long total;
        if (s.Value("total_steps") is not PyNone)
        {
            total = Py.ToLong(s.Value("total_steps"));
            if (total <= 0)
                throw PyErrors.ValueError($"Expected positive integer total_steps, but got {total}");
        }
        else
        {
            if (s.Value("epochs") is PyNone || s.Value("steps_per_epoch") is PyNone)
                throw PyErrors.ValueError("You must define either total_steps OR (epochs AND steps_per_epoch)");
            total = Py.ToLong(s.Value("epochs")) * Py.ToLong(s.Value("steps_per_epoch"));
        }

        s.Self.SetAttribute("total_steps", Py.Int(total));
        var strategy = Py.Str(s.Value("anneal_strategy"));
        if (strategy is not ("cos" or "linear"))
            throw PyErrors.ValueError($"anneal_strategy must by one of 'cos' or 'linear', instead got {strategy}");
        var groups = s.Groups;
        var max = Schedulers.PerGroup(s.Value("max_lr"), groups.Length);
        for (var i = 0; i < groups.Length; i++)
        {
            var initial = max[i] / s.Number("div_factor");
            groups[i].Set("initial_lr", initial);
            groups[i].Set("max_lr", max[i]);
            groups[i].Set("min_lr", initial / s.Number("final_div_factor"));
            if (!Py.Truth(s.Value("cycle_momentum")))
                continue;
            if (groups[i].GetOrNull("momentum") is null && groups[i].GetOrNull("betas") is null)
                throw PyErrors.ValueError("optimizer must support momentum with `cycle_momentum` option enabled");
            groups[i].Set("max_momentum", s.Number("max_momentum"));
            groups[i].Set("base_momentum", s.Number("base_momentum"));
        }
    }

    private static double[] Rates(SchedulerState s, double[] rates)
    {
        var step = s.Epoch;
        var total = s.Long("total_steps");
        if (step > total)
            throw PyErrors.ValueError($"Tried to step {step + 1} times. The specified number of total steps is {total}");
        var up = s.Number("pct_start") * total - 1;
        (double End, string FromRate, string ToRate, string FromMomentum, string ToMomentum)[] phases = Py.Truth(s.Value("three_phase"))
            ? [(up, "initial_lr", "max_lr", "max_momentum", "base_momentum"), (2 * s.Number("pct_start") * total - 2, "max_lr", "initial_lr", "base_momentum", "max_momentum"), (total - 1, "initial_lr", "min_lr", "max_momentum", "max_momentum")]
            : [(up, "initial_lr", "max_lr", "max_momentum", "base_momentum"), (total - 1, "max_lr", "min_lr", "base_momentum", "max_momentum")];
        var cosine = Py.Str(s.Value("anneal_strategy")) == "cos";
        var result = new double[rates.Length];
        var groups = s.Groups;
        for (var g = 0; g < groups.Length; g++)
        {
            var start = 0.0;
            for (var p = 0; p < phases.Length; p++)
            {
                if (step > phases[p].End && p < phases.Length - 1)
                {
                    start = phases[p].End;
                    continue;
                }

                var share = (step - start) / (phases[p].End - start);
                double Between(string from, string to)
                {
                    var (a, b) = (Py.ToDouble(groups[g].GetOrNull(from)!), Py.ToDouble(groups[g].GetOrNull(to)!));
                    return cosine ? b + (a - b) / 2 * (1 + Math.Cos(Math.PI * share)) : (b - a) * share + a;
                }

                result[g] = Between(phases[p].FromRate, phases[p].ToRate);
                if (Py.Truth(s.Value("cycle_momentum")))
                    SetMomentum(groups[g], Between(phases[p].FromMomentum, phases[p].ToMomentum));
                break;
            }
        }

        return result;
    }

    private static void SetMomentum(PyDict group, double momentum)
    {
        if (group.GetOrNull("betas") is { } betas)
            group.Set("betas", new PyTuple([momentum, .. Py.ToList(betas).Skip(1)]));
        else
            group.Set("momentum", momentum);
    }
}
