namespace NnGpt.Sandbox;

/// <summary>This machine cannot confine a worker, and no one has allowed to go without.</summary>
public sealed class SandboxUnavailableException(string message) : Exception(message);
