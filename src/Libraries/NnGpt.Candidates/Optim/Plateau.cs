using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Optim;

/// <summary>ReduceLROnPlateau.</summary>
internal static class Plateau
{
    public static PyClass Define()
    {
        var cls = new PyClass("ReduceLROnPlateau", "torch.optim.lr_scheduler");
        string[] names = ["mode", "factor", "patience", "threshold", "threshold_mode", "cooldown", "min_lr", "eps"];
        cls.Method("__init__", "self, optimizer, mode='min', factor=0.1, patience=10, threshold=0.0001, threshold_mode='rel', cooldown=0, min_lr=0, eps=1e-08, verbose=False", a =>
        {
            var self = (PyInstance)a[0];
            if (a.Double(3) >= 1.0)
                throw PyErrors.ValueError("Factor should be < 1.0.");
            Schedulers.RequireOptimizer(a[1]);
            if (a.Text(2) is not ("min" or "max"))
                throw PyErrors.ValueError($"mode {a.Text(2)} is unknown!");
            for (var i = 0; i < names.Length; i++)
                self.SetAttribute(names[i], a[i + 2]);
            self.SetAttribute("optimizer", a[1]);
            self.SetAttribute("best", a.Text(2) == "min" ? double.PositiveInfinity : double.NegativeInfinity);
            self.SetAttribute("num_bad_epochs", Py.Int(0));
            self.SetAttribute("cooldown_counter", Py.Int(0));
            self.SetAttribute("last_epoch", Py.Int(0));
            return null;
        });
        cls.Method("step", "self, metrics, epoch=None", a =>
        {
            Step(new SchedulerState((PyInstance)a[0]), Py.ToDouble(a[1]));
            return null;
        });
        cls.Method("state_dict", self => ((PyObject)self).Attributes!.Copy());
        return cls;
    }

    private static void Step(SchedulerState s, double metric)
    {
        var self = s.Self;
        self.SetAttribute("last_epoch", Py.Int(s.Epoch + 1));
        var (best, threshold) = (s.Number("best"), s.Number("threshold"));
        var relative = Py.Str(s.Value("threshold_mode")) == "rel";
        var better = Py.Str(s.Value("mode")) == "min"
            ? metric < (relative ? best * (1 - threshold) : best - threshold)
            : metric > (relative ? best * (1 + threshold) : best + threshold);
        var bad = s.Long("num_bad_epochs");
        if (better)
        {
            self.SetAttribute("best", metric);
            bad = 0;
        }
        else
        {
            bad++;
        }

        var cooldown = s.Long("cooldown_counter");
        if (cooldown > 0)
        {
            cooldown--;
            bad = 0;
        }

        if (bad > s.Long("patience"))
        {
            var groups = s.Groups;
            var least = Schedulers.PerGroup(s.Value("min_lr"), groups.Length);
            for (var i = 0; i < groups.Length; i++)
            {
                var old = Py.ToDouble(groups[i].GetOrNull("lr")!);
                var reduced = Math.Max(old * s.Number("factor"), least[i]);
                if (old - reduced > s.Number("eps"))
                    groups[i].Set("lr", reduced);
            }

            cooldown = s.Long("cooldown");
            bad = 0;
        }

        self.SetAttribute("num_bad_epochs", Py.Int(bad));
        self.SetAttribute("cooldown_counter", Py.Int(cooldown));
        self.SetAttribute("_last_lr", new PyList(s.Rates.Select(rate => (object)rate)));
    }
}
