using System.Text.RegularExpressions;

namespace Aspire.Hosting.ResourceService;

/// <summary>Tells which environment variables hold a secret.</summary>
internal static partial class SecretMask
{
    /// <summary>By its name, or because its value is an address with a password: amqp://user:password@host.</summary>
    public static bool IsSecret(string name, string value) => SecretName().IsMatch(name) || AddressWithPassword().IsMatch(value);

    [GeneratedRegex("KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|COOKIE|AUTHORIZATION|HEADERS|^ConnectionStrings__", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("://[^/@\\s]*:[^/@\\s]+@|password=", RegexOptions.IgnoreCase)]
    private static partial Regex AddressWithPassword();
}
