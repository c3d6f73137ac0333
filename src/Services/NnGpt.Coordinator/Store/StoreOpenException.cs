namespace NnGpt.Coordinator.Store;

/// <summary>The data directory or the data base in it cannot be used. The message is one sentence for the user.</summary>
internal sealed class StoreOpenException(string message, Exception? inner = null) : Exception(message, inner);
