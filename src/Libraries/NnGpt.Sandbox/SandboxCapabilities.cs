namespace NnGpt.Sandbox;

/// <summary>What this machine lets an ordinary process use to confine another.</summary>
/// <param name="Bubblewrap">Path of a bwrap that works here; null when there is none.</param>
/// <param name="BubblewrapProblem">Why bwrap does not work; null when it does.</param>
/// <param name="LandlockVersion">Version of Landlock in the kernel; 0: none.</param>
/// <param name="Seccomp">Whether seccomp filters can be installed.</param>
public sealed record SandboxCapabilities(string? Bubblewrap, string? BubblewrapProblem, int LandlockVersion, bool Seccomp)
{
    /// <summary>The layers that work here.</summary>
    public SandboxLayers Layers =>
        (Bubblewrap is null ? 0 : SandboxLayers.Bubblewrap)
        | (LandlockVersion > 0 ? SandboxLayers.Landlock : 0)
        | (Seccomp ? SandboxLayers.Seccomp | SandboxLayers.Hardening : 0);

    /// <summary>Whether these layers confine untrusted code: bubblewrap, or Landlock and seccomp together.</summary>
    public static bool IsSufficient(SandboxLayers layers) =>
        layers.HasFlag(SandboxLayers.Bubblewrap) || layers.HasFlag(SandboxLayers.Landlock | SandboxLayers.Seccomp);

    /// <summary>One line for a log or an error, e.g. "bubblewrap: /usr/bin/bwrap; Landlock: version 7; seccomp: yes".</summary>
    public override string ToString() =>
        $"bubblewrap: {Bubblewrap ?? $"no ({BubblewrapProblem})"}; "
        + $"Landlock: {(LandlockVersion > 0 ? $"version {LandlockVersion}" : "no")}; seccomp: {(Seccomp ? "yes" : "no")}";
}
