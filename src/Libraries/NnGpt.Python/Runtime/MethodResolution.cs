namespace NnGpt.Python.Runtime;

/// <summary>The C3 linearization of a class's ancestors.</summary>
internal static class MethodResolution
{
    public static PyClass[] Linearize(PyClass cls)
    {
        if (cls.Bases.Count == 0)
            return [cls];
        var order = new List<PyClass> { cls };
        var sequences = cls.Bases.Select(b => b.Mro.ToList()).Append([.. cls.Bases]).Where(s => s.Count > 0).ToList();
        while (sequences.Count > 0)
        {
            var next = sequences.Select(s => s[0])
                .FirstOrDefault(candidate => sequences.All(s => s.IndexOf(candidate) <= 0));
            if (next is null)
            {
                var names = string.Join(", ", cls.Bases.Select(b => b.Name));
                throw PyErrors.TypeError($"Cannot create a consistent method resolution\norder (MRO) for bases {names}");
            }

            order.Add(next);
            foreach (var sequence in sequences)
                sequence.Remove(next);
            sequences.RemoveAll(s => s.Count == 0);
        }

        return [.. order];
    }
}
