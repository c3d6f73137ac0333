using System.Numerics;

namespace NnGpt.Python.Modules;

/// <summary>MT19937 with CPython's seeding and conversions (Matsumoto and Nishimura 1998).</summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;
    private readonly uint[] _state = new uint[Size];
    private int _index = Size;

    public MersenneTwister(BigInteger seed) => Seed(seed);

    public void Seed(BigInteger seed)
    {
        seed = BigInteger.Abs(seed);
        var key = new List<uint>();
        do
        {
            key.Add((uint)(seed & uint.MaxValue));
            seed >>= 32;
        }
        while (!seed.IsZero);
        InitializeByArray(key);
    }

    /// <summary>The state's words, and the index of the next one.</summary>
    public IEnumerable<long> Save() => _state.Select(w => (long)w).Append(_index);

    /// <summary>Takes over saved words; false when they are none.</summary>
    public bool TryRestore(long[] words)
    {
        if (words.Length != Size + 1 || words[Size] is < 0 or > Size || words.AsSpan(0, Size).ContainsAnyExceptInRange(0, uint.MaxValue))
            return false;
        for (var i = 0; i < Size; i++)
            _state[i] = (uint)words[i];
        _index = (int)words[Size];
        return true;
    }

    private void InitializeByArray(List<uint> key)
    {
        _state[0] = 19650218;
        for (uint i = 1; i < Size; i++)
            _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + i;
        var (at, from) = (1, 0);
        for (var k = Math.Max(Size, key.Count); k > 0; k--)
        {
            _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1664525)) + key[from] + (uint)from;
            Advance(ref at);
            from = (from + 1) % key.Count;
        }

        for (var k = Size - 1; k > 0; k--)
        {
            _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1566083941)) - (uint)at;
            Advance(ref at);
        }

        _state[0] = 0x80000000;
        _index = Size;
    }

    private void Advance(ref int at)
    {
        if (++at < Size)
            return;
        _state[0] = _state[Size - 1];
        at = 1;
    }

    public uint Next()
    {
        if (_index >= Size)
            Refill();
        var y = _state[_index++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Refill()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7fffffff);
            _state[i] = _state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) != 0 ? 0x9908b0dfU : 0);
        }

        _index = 0;
    }

    /// <summary>A double in [0, 1) of 53 bits.</summary>
    public double NextDouble()
    {
        var a = Next() >> 5;
        var b = Next() >> 6;
        return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
    }

    public BigInteger NextBits(int bits)
    {
        if (bits <= 32)
            return bits == 0 ? 0 : Next() >> (32 - bits);
        BigInteger value = 0;
        for (var shift = 0; shift < bits; shift += 32)
        {
            var word = Next();
            if (bits - shift < 32)
                word >>= 32 - (bits - shift);
            value |= (BigInteger)word << shift;
        }

        return value;
    }

    /// <summary>An integer in [0, limit) by rejection, as CPython's _randbelow.</summary>
    public BigInteger NextBelow(BigInteger limit)
    {
        var bits = (int)limit.GetBitLength();
        while (true)
        {
            var value = NextBits(bits);
            if (value < limit)
                return value;
        }
    }
}
