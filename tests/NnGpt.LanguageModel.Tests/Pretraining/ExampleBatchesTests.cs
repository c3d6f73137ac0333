using NnGpt.LanguageModel.Pretraining;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.LanguageModel.Training;

namespace NnGpt.LanguageModel.Tests.Pretraining;

public sealed class ExampleBatchesTests
{
    [Fact]
    public void InOrder_TwoLengths_PadsAndCountsTheAnswersAlone()
    {
        EncodedExample[] examples = [new([1, 2, 3, 4, 5], 2), new([1, 2, 6], 2)];
        TrainingBatch batch = Assert.Single(ExampleBatches.InOrder(examples, 2));
        Assert.Equal((2, 4), (batch.Rows, batch.Length));
        Assert.Equal([1, 2, 0, 0, 1, 2, 3, 4], batch.Inputs);
        Assert.Equal([-100, 6, -100, -100, -100, 3, 4, 5], batch.Targets);
    }

    [Fact]
    public void At_OneEpoch_GivesEveryExampleOnceAndAnotherOrderInTheNext()
    {
        EncodedExample[] examples = [.. Enumerable.Range(0, 100).Select(i => new EncodedExample([.. Enumerable.Repeat(i, 3 + i % 7)], 1))];
        ExampleBatches batches = new(examples, 10, seed: 5);
        long[] first = FirstTokens(batches, 0);
        long[] second = FirstTokens(batches, 10);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), first.Order());
        Assert.Equal(first.Order(), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void At_AnyStep_DoesNotDependOnThoseBefore()
    {
        PretrainingCorpus corpus = PretrainingCorpus.Build(new PretrainingCorpusOptions { Documents = 100, HeldOut = 10, VocabularySize = 600, MaximumLength = 1000 });
        Assert.Equal(10, corpus.HeldOut.Count);
        ExampleBatches one = new(corpus.Training, 8, seed: 1);
        ExampleBatches other = new(corpus.Training, 8, seed: 1);
        _ = other.At(0);
        Assert.Equal(other.At(17).Inputs, one.At(17).Inputs);
        Assert.True(one.LargestToken < corpus.Tokenizer.Tokenizer.VocabularySize);
    }

    private static long[] FirstTokens(ExampleBatches batches, int from) =>
        [.. Enumerable.Range(from, 10).Select(batches.At).SelectMany(batch => Enumerable.Range(0, batch.Rows).Select(row => batch.Inputs[row * batch.Length]))];
}
