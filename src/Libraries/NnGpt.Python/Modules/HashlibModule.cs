using System.Security.Cryptography;
using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>hashlib</c>: the digests that names and seeds are made of.</summary>
internal static class HashlibModule
{
    private static readonly Dictionary<string, (Func<byte[], byte[]> Digest, int Block)> s_algorithms = new(StringComparer.Ordinal)
    {
        ["md5"] = (Md5, 64),
        ["sha1"] = (Sha1, 64),
        ["sha256"] = (SHA256.HashData, 64),
        ["sha384"] = (SHA384.HashData, 128),
        ["sha512"] = (SHA512.HashData, 128),
    };

    private static readonly PyClass s_hash = new PyClass("HASH", "_hashlib") { IsAbstractNative = true }
        .Method("update", "self, obj, /", a =>
        {
            Of(a[0]).Data.AddRange(Bytes(a[1]));
            return null;
        })
        .Method("digest", self => new PyBytes(Of(self).Compute()))
        .Method("hexdigest", self => Convert.ToHexStringLower(Of(self).Compute()))
        .Method("copy", self => Make(Of(self).Name, Of(self).Data))
        .Property("name", self => Of(self).Name)
        .Property("digest_size", self => Py.Int(Of(self).Compute().Length))
        .Property("block_size", self => Py.Int(s_algorithms[Of(self).Name].Block));

    public static PyModule Create()
    {
        var module = new PyModule("hashlib").Set("algorithms_guaranteed", new PySet(s_algorithms.Keys));
        foreach (var name in s_algorithms.Keys)
            module.Function(name, "string=None, *, usedforsecurity=True", a => Make(name, Bytes(a[0])));
        return module.Function("new", "name, data=None, *, usedforsecurity=True", a => s_algorithms.ContainsKey(a.Text(0).ToLowerInvariant())
            ? Make(a.Text(0).ToLowerInvariant(), Bytes(a[1]))
            : throw PyErrors.ValueError($"unsupported hash type {a.Text(0)}"));
    }

    private static PyInstance Make(string name, IEnumerable<byte> data) => new(s_hash) { NativeState = new State(name, [.. data]) };

    private static State Of(object self) => (State)((PyInstance)self).NativeState!;

    private static byte[] Bytes(object value) => value switch
    {
        PyBytes bytes => bytes.Items,
        PyNone => [],
        string => throw PyErrors.TypeError("Strings must be encoded before hashing"),
        _ => throw PyErrors.TypeError("object supporting the buffer API required"),
    };

#pragma warning disable CA5350, CA5351 // candidates' names for things, nothing that is secret
    private static byte[] Md5(byte[] data) => MD5.HashData(data);

    private static byte[] Sha1(byte[] data) => SHA1.HashData(data);
#pragma warning restore CA5350, CA5351

    private sealed record State(string Name, List<byte> Data)
    {
        public byte[] Compute() => s_algorithms[Name].Digest([.. Data]);
    }
}
