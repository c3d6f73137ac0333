using System.Numerics;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>random</c>: CPython's numbers for the same seed. Unseeded, it begins with seed 0, so that runs repeat.</summary>
internal static class RandomModule
{
    private const int MaximumBits = 1 << 16;

    public static PyModule Create()
    {
        var module = new PyModule("random");
        var shared = new RandomState();
        Define((name, signature, code) => module.Function(name, signature, a => code(shared, a, 0)));
        var cls = new PyClass("Random", "random")
            .Method("__init__", "self, x=None", a =>
            {
                var state = new RandomState();
                if (!a.IsNone(1))
                    state.Seed(a[1]);
                a.As<PyInstance>(0).NativeState = state;
                return null;
            });
        Define((name, signature, code) => cls.Method(name, signature.Length == 0 ? "self" : "self, " + signature, a =>
            code((RandomState)(a.As<PyInstance>(0).NativeState ??= new RandomState()), a, 1)));
        return module.Add(cls);
    }

    private static void Define(Action<string, string, Func<RandomState, NativeArguments, int, object?>> function)
    {
        function("seed", "a=None, version=2", (r, a, s) =>
        {
            r.Seed(a[s]);
            return null;
        });
        function("random", "", (r, _, _) => r.Twister.NextDouble());
        function("getrandbits", "k", (r, a, s) =>
        {
            var bits = a.Long(s);
            if (bits < 0)
                throw PyErrors.ValueError("number of bits must be non-negative");
            return Py.Int(r.Twister.NextBits(bits <= MaximumBits ? (int)bits : throw PyErrors.New(PyErrors.MemoryErrorClass)));
        });
        function("randint", "a, b", (r, a, s) => r.Range(Whole(a[s]), Whole(a[s + 1]) + 1, 1));
        function("randrange", "start, stop=None, step=1", (r, a, s) => a.IsNone(s + 1)
            ? r.Range(0, Whole(a[s]), 1)
            : r.Range(Whole(a[s]), Whole(a[s + 1]), Whole(a[s + 2])));
        function("uniform", "a, b", (r, a, s) => a.Double(s) + (a.Double(s + 1) - a.Double(s)) * r.Twister.NextDouble());
        function("choice", "seq", (r, a, s) =>
        {
            var length = Py.Len(a[s]);
            return length == 0
                ? throw PyErrors.IndexError("Cannot choose from an empty sequence")
                : Py.GetItem(a[s], Py.Int(r.Twister.NextBelow(length)));
        });
        function("choices", "population, weights=None, *, cum_weights=None, k=1", (r, a, s) => r.Choices(Py.ToList(a[s]), a[s + 1], a[s + 2], a.Int(s + 3)));
        function("shuffle", "x", (r, a, s) =>
        {
            var items = a.As<PyList>(s).Items;
            for (var i = items.Count - 1; i > 0; i--)
            {
                var j = (int)r.Twister.NextBelow(i + 1);
                (items[i], items[j]) = (items[j], items[i]);
            }

            return null;
        });
        function("sample", "population, k, *, counts=None", (r, a, s) => r.Sample(a[s], a.Int(s + 1)));
        function("gauss", "mu=0.0, sigma=1.0", (r, a, s) => a.Double(s) + r.Gauss() * a.Double(s + 1));
        function("normalvariate", "mu=0.0, sigma=1.0", (r, a, s) => r.Normal(a.Double(s), a.Double(s + 1)));
        function("expovariate", "lambd=1.0", (r, a, s) => -Math.Log(1.0 - r.Twister.NextDouble()) / a.Double(s));
        function("triangular", "low=0.0, high=1.0, mode=None", (r, a, s) => r.Triangular(a.Double(s), a.Double(s + 1), a[s + 2]));
        function("lognormvariate", "mu=0.0, sigma=1.0", (r, a, s) => Math.Exp(r.Normal(a.Double(s), a.Double(s + 1))));
        function("getstate", "", (r, _, _) => r.Save());
        function("setstate", "state", (r, a, s) =>
        {
            r.Restore(a[s]);
            return null;
        });
    }

    private static BigInteger Whole(object value) =>
        Py.IsInt(value) ? NumberOperators.ToBig(Py.Unbox(value)) : Py.ToLong(value);

    private sealed class RandomState
    {
        private double? _nextGauss;

        public MersenneTwister Twister { get; } = new(0);

        public void Seed(object value)
        {
            _nextGauss = null;
            Twister.Seed(Py.Unbox(value) switch
            {
                PyNone => 0,
                long number => number,
                bool flag => flag ? 1 : 0,
                BigInteger big => big,
                double number => Py.Hash(number),
                string text => new BigInteger([.. System.Text.Encoding.UTF8.GetBytes(text), .. System.Security.Cryptography.SHA512.HashData(System.Text.Encoding.UTF8.GetBytes(text))], isUnsigned: true, isBigEndian: true),
                _ => throw PyErrors.TypeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray."),
            });
        }

        public object Range(BigInteger start, BigInteger stop, BigInteger step)
        {
            if (step.IsZero)
                throw PyErrors.ValueError("zero step for randrange()");
            var width = stop - start;
            var count = step.Sign > 0 ? (width + step - 1) / step : (width + step + 1) / step;
            if (count.Sign <= 0 || width.Sign != step.Sign)
                throw PyErrors.ValueError($"empty range for randrange() ({start}, {stop}, {width})");
            return Py.Int(start + step * Twister.NextBelow(count));
        }

        public PyList Choices(List<object> population, object weights, object cumulative, int count)
        {
            RunState.ChargeElements(count, 8);
            var n = population.Count;
            var sums = cumulative is PyNone ? null : Py.ToList(cumulative).Select(Py.ToDouble).ToList();
            if (sums is null && weights is not PyNone)
            {
                var total = 0.0;
                sums = [.. Py.ToList(weights).Select(w => total += Py.ToDouble(w))];
            }

            var chosen = new List<object>();
            if (n == 0)
                throw PyErrors.IndexError("list index out of range");
            if (sums is not null && sums.Count != n)
                throw PyErrors.ValueError("The number of weights does not match the population");
            for (var i = 0; i < count; i++)
            {
                if (sums is null)
                {
                    chosen.Add(population[(int)Math.Floor(Twister.NextDouble() * n)]);
                    continue;
                }

                var point = Twister.NextDouble() * sums[^1];
                var at = sums.FindIndex(s => s > point);
                chosen.Add(population[at < 0 ? n - 1 : Math.Min(at, n - 1)]);
            }

            return new PyList(chosen);
        }

        public PyList Sample(object population, int count)
        {
            var pool = Py.ToList(population);
            var n = pool.Count;
            if (count < 0 || count > n)
                throw PyErrors.ValueError("Sample larger than population or is negative");
            var result = new List<object>(count);
            var setSize = 21.0;
            if (count > 5)
                setSize += Math.Pow(4, Math.Ceiling(Math.Log(count * 3, 4)));
            if (n <= setSize)
            {
                for (var i = 0; i < count; i++)
                {
                    var j = (int)Twister.NextBelow(n - i);
                    result.Add(pool[j]);
                    pool[j] = pool[n - i - 1];
                }

                return new PyList(result);
            }

            var selected = new HashSet<int>();
            for (var i = 0; i < count; i++)
            {
                var j = (int)Twister.NextBelow(n);
                while (!selected.Add(j))
                    j = (int)Twister.NextBelow(n);
                result.Add(pool[j]);
            }

            return new PyList(result);
        }

        public double Triangular(double low, double high, object mode)
        {
            var u = Twister.NextDouble();
            var c = mode is PyNone ? 0.5 : high == low ? 0 : (Py.ToDouble(mode) - low) / (high - low);
            if (u > c)
                (u, c, low, high) = (1 - u, 1 - c, high, low);
            return low + (high - low) * Math.Sqrt(u * c);
        }

        /// <summary>(version, words with the index last, saved gauss), as CPython's.</summary>
        public PyTuple Save() => new(
            Py.Int(3), PyTuple.From(Twister.Save().Select(w => Py.Int(w))), _nextGauss is { } saved ? saved : PyNone.Value);

        public void Restore(object state)
        {
            if (state is not PyTuple { Count: 3 } parts || parts[1] is not PyTuple words || !Twister.TryRestore([.. words.Items.Select(Py.ToLong)]))
                throw PyErrors.ValueError("state vector is invalid");
            _nextGauss = parts[2] is PyNone ? null : Py.ToDouble(parts[2]);
        }

        public double Gauss()
        {
            if (_nextGauss is { } saved)
            {
                _nextGauss = null;
                return saved;
            }

            var angle = Twister.NextDouble() * Math.Tau;
            var radius = Math.Sqrt(-2.0 * Math.Log(1.0 - Twister.NextDouble()));
            _nextGauss = Math.Sin(angle) * radius;
            return Math.Cos(angle) * radius;
        }

        /// <summary>Kinderman and Monahan's ratio of uniforms.</summary>
        public double Normal(double mean, double deviation)
        {
            var magic = 4 * Math.Exp(-0.5) / Math.Sqrt(2.0);
            while (true)
            {
                var u1 = Twister.NextDouble();
                var u2 = 1.0 - Twister.NextDouble();
                var z = magic * (u1 - 0.5) / u2;
                if (z * z / 4.0 <= -Math.Log(u2))
                    return mean + z * deviation;
            }
        }
    }
}
