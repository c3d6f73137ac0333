using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Optim;

/// <summary>SequentialLR: one scheduler after another at milestones.</summary>
internal static class Sequence
{
    public static PyClass Define()
    {
        var cls = new PyClass("SequentialLR", "torch.optim.lr_scheduler", Schedulers.Base);
        cls.Method("__init__", "self, optimizer, schedulers, milestones, last_epoch=-1, verbose=False", a =>
        {
            var self = (PyInstance)a[0];
            var (schedulers, milestones) = (Py.Len(a[2]), Py.Len(a[3]));
            for (var i = 0; i < schedulers; i++)
            {
                if (!ReferenceEquals(Py.GetAttr(Py.GetItem(a[2], Py.Int(i)), "optimizer"), a[1]))
                    throw PyErrors.ValueError($"Sequential Schedulers expects all schedulers to belong to the same optimizer, but got schedulers at index {i} to be different than the optimizer passed in.");
            }

            if (milestones != schedulers - 1)
                throw PyErrors.ValueError($"Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone points, but got number of schedulers {schedulers} and the number of milestones to be equal to {milestones}");
            self.SetAttribute("optimizer", a[1]);
            self.SetAttribute("_schedulers", new PyList(Py.ToList(a[2])));
            self.SetAttribute("_milestones", new PyList(Py.ToList(a[3])));
            self.SetAttribute("last_epoch", Py.Int(a.Long(4) + 1));
            foreach (var group in OptimizerClass.Groups((PyObject)a[1]))
                group.Set("lr", group.GetOrNull("initial_lr") ?? group.GetOrNull("lr")!);
            foreach (var scheduler in Py.ToList(a[2]).OfType<PyInstance>())
                scheduler.SetAttribute("last_epoch", Py.Int(Py.ToLong(Py.GetAttr(scheduler, "last_epoch")) - 1));
            Py.CallMethod(Py.ToList(a[2])[0], "step");
            self.SetAttribute("_last_lr", Py.GetAttr(Py.ToList(a[2])[0], "_last_lr"));
            return null;
        });
        cls.Method("step", "self", a =>
        {
            var state = new SchedulerState((PyInstance)a[0]);
            var epoch = state.Epoch + 1;
            state.Self.SetAttribute("last_epoch", Py.Int(epoch));
            var milestones = Py.ToList(state.Value("_milestones")).Select(Py.ToLong).ToList();
            var index = milestones.Count(milestone => milestone <= epoch);
            var scheduler = Py.ToList(state.Value("_schedulers"))[index];
            if (index > 0 && milestones[index - 1] == epoch)
                Py.CallMethod(scheduler, "step", Py.Int(0));
            else
                Py.CallMethod(scheduler, "step");
            state.Self.SetAttribute("_last_lr", Py.GetAttr(scheduler, "_last_lr"));
            return null;
        });
        return cls;
    }
}
