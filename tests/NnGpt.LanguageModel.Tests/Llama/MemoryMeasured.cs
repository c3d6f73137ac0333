namespace NnGpt.LanguageModel.Tests.Llama;

/// <summary>Tests that measure this process's memory: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(MemoryMeasured), DisableParallelization = true)]
public sealed class MemoryMeasured;
