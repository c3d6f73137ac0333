using System.Security.Cryptography;
using System.Text;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Running;

/// <summary>What becomes of a candidate, a function of its id alone: every attempt has the same outcome, as in the real services.</summary>
internal sealed record Fate(bool Valid, bool Scored, double Accuracy, bool Novel, long Parameters)
{
    public static Fate Of(string id)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return new Fate(hash[0] < 190, hash[1] < 230, hash[2] / 255.0, hash[3] < 200, 1_000 + hash[4]);
    }

    public bool AdmittedAt(double threshold) => Valid && Scored && Accuracy >= threshold && Novel;

    public static string SourceOf(string id) => $"# {id}\n";
}
