using NnGpt.LanguageModel.Tokenization;
using NnGpt.LanguageModel.Training;

namespace NnGpt.LanguageModel.Pretraining;

/// <summary>What a model is made from: a tokenizer, batches to train on and others to measure the loss on.</summary>
/// <param name="Tokenizer">Trained on the same texts.</param>
/// <param name="ContextLength">Longest sequence of the model.</param>
/// <param name="LongestAnswer">Tokens that the longest prompt leaves for an answer.</param>
/// <param name="Batches">To train on.</param>
/// <param name="HeldOut">To measure on; may be empty.</param>
/// <param name="Description">One line for the log.</param>
public sealed record TrainingData(
    TrainedTokenizer Tokenizer, int ContextLength, int LongestAnswer, ITrainingBatches Batches, IReadOnlyList<TrainingBatch> HeldOut, string Description)
{
    // One text of so many is held out.
    private const int HeldOutShare = 50;

    /// <summary>Sampled networks, which answer design prompts: the embedded model's data.</summary>
    /// <exception cref="InvalidDataException">Too few of them fit into the longest sequence.</exception>
    public static TrainingData Sampled(PretrainingCorpusOptions options, int batchSize, ulong seed)
    {
        System.ComponentModel.DataAnnotations.Validator.ValidateObject(
            options, new System.ComponentModel.DataAnnotations.ValidationContext(options), validateAllProperties: true);
        PretrainingCorpus corpus = PretrainingCorpus.Build(options);
        if (corpus.Training.Count < batchSize)
        {
            throw new InvalidDataException(
                $"{corpus.Training.Count} of {options.Documents} sampled networks are for training and have at most {options.MaximumLength} tokens, too few for batches of {batchSize}: "
                + "choose a longer --context or a larger --vocabulary");
        }
        long tokens = corpus.Training.Sum(example => (long)example.Ids.Length);
        return new TrainingData(
            corpus.Tokenizer, options.MaximumLength, options.MaximumLength - corpus.Training.Max(example => example.PromptLength),
            new ExampleBatches(corpus.Training, batchSize, seed), [.. ExampleBatches.InOrder(corpus.HeldOut, batchSize)],
            $"corpus: {corpus.Documents.Count} networks of {corpus.Documents.Select(document => document.Family).Distinct().Count()} families, "
            + $"{tokens} tokens, {tokens / (double)corpus.Training.Count:F0} a network, {corpus.TooLong} left out for their length");
    }

    /// <summary>Texts of the user's: plain ones as one stream of tokens, or chat pairs, of which the answers are learnt.</summary>
    /// <param name="files">All plain texts or all chat pairs.</param>
    /// <param name="vocabularySize">Tokens of the vocabulary, at most.</param>
    /// <param name="maximumLength">Context of the model; longer pairs are left out.</param>
    /// <param name="batchSize">Sequences of a step.</param>
    /// <param name="seed">Of the order.</param>
    /// <exception cref="InvalidDataException">The texts are of both kinds, or too few.</exception>
    public static TrainingData Of(TextFiles files, int vocabularySize, int maximumLength, int batchSize, ulong seed)
    {
        if (files.Texts.Count > 0 && files.Pairs.Count > 0)
        {
            throw new InvalidDataException($"{files.Texts.Count} plain texts and {files.Pairs.Count} chat pairs: a model learns from one kind");
        }
        TrainedTokenizer tokenizer = new BpeTrainer(new BpeTrainerOptions { VocabularySize = vocabularySize, MaximumLength = maximumLength })
            .Train(files.Texts.Concat(files.Pairs.SelectMany(static pair => pair.Messages.Select(static message => message.Content))));
        return files.Pairs.Count > 0
            ? Chat(files, tokenizer, maximumLength, batchSize, seed)
            : Stream(files, tokenizer, maximumLength, batchSize, seed);
    }

    private static TrainingData Chat(TextFiles files, TrainedTokenizer tokenizer, int maximumLength, int batchSize, ulong seed)
    {
        EncodedExample[] all = [.. files.Pairs.Select(tokenizer.ChatEncoder.Encode)];
        EncodedExample[] fitting = [.. all.Where(example => example.Ids.Length <= maximumLength)];
        EncodedExample[] training = [.. fitting.Where(static (_, i) => i % HeldOutShare != HeldOutShare - 1)];
        if (training.Length < batchSize)
        {
            throw new InvalidDataException($"{training.Length} chat pairs of at most {maximumLength} tokens are too few for batches of {batchSize}");
        }
        return new TrainingData(
            tokenizer, maximumLength, Math.Max(1, maximumLength - training.Max(static example => example.PromptLength)), new ExampleBatches(training, batchSize, seed),
            [.. ExampleBatches.InOrder([.. fitting.Where(static (_, i) => i % HeldOutShare == HeldOutShare - 1)], batchSize)],
            $"corpus: {training.Length} chat pairs, {training.Sum(static example => (long)example.Ids.Length)} tokens, {all.Length - fitting.Length} left out for their length");
    }

    private static TrainingData Stream(TextFiles files, TrainedTokenizer tokenizer, int maximumLength, int batchSize, ulong seed)
    {
        int end = tokenizer.Tokenizer.IdOf("<|end|>") ?? throw new InvalidOperationException("the trained tokenizer has no end token");
        int[] Encode(Func<int, bool> takes) => [.. files.Texts.Where((_, i) => takes(i)).SelectMany(text => tokenizer.Tokenizer.Encode(text).Append(end))];
        int[] training = Encode(static i => i % HeldOutShare != HeldOutShare - 1), heldOut = Encode(static i => i % HeldOutShare == HeldOutShare - 1);
        if (training.Length < (2 * maximumLength) + 1)
        {
            throw new InvalidDataException($"the texts have {training.Length} tokens, fewer than two sequences of {maximumLength}: choose a shorter --context");
        }
        // Few texts are held out of few: what there is of them makes a shorter block.
        int length = Math.Min(maximumLength, heldOut.Length - 1), blocks = length < 1 ? 0 : (heldOut.Length - 1) / length;
        return new TrainingData(
            tokenizer, maximumLength, maximumLength - 1, new StreamBatches(training, maximumLength, batchSize, seed),
            [.. Enumerable.Range(0, blocks).Select(i => Block(heldOut.AsSpan(i * length, length + 1)))],
            $"corpus: {files.Texts.Count} texts, {training.Length} tokens to train on, {files.PassedOver} files passed over that are no text");
    }

    private static TrainingBatch Block(ReadOnlySpan<int> tokens)
    {
        var inputs = new long[tokens.Length - 1];
        var targets = new long[tokens.Length - 1];
        for (int i = 0; i < inputs.Length; i++)
        {
            (inputs[i], targets[i]) = (tokens[i], tokens[i + 1]);
        }
        return new TrainingBatch(inputs, targets, 1, inputs.Length);
    }
}
