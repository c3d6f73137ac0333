namespace NnGpt.Sandbox;

/// <summary>No worker could be started: a fault of the installation or the machine, never of a candidate.</summary>
public sealed class WorkerStartException(string message, Exception? inner = null) : Exception(message, inner);
