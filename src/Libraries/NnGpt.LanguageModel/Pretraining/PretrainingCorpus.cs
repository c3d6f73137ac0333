using NnGpt.Corpus.Prompts;
using NnGpt.Corpus.Sampling;
using NnGpt.Data;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Pretraining;

/// <summary>
/// The sampled networks as token ids: each answers the short design prompt of some data set and parameter budget.
/// The loss is meant for the answers alone, as in fine-tuning.
/// </summary>
public sealed class PretrainingCorpus
{
    private static readonly int[] s_budgets = [100_000, 200_000, 300_000, 500_000, 1_000_000];

    private PretrainingCorpus(
        TrainedTokenizer tokenizer, IReadOnlyList<CorpusDocument> documents, IReadOnlyList<EncodedExample> training,
        IReadOnlyList<EncodedExample> heldOut, int tooLong)
    {
        Tokenizer = tokenizer;
        Documents = documents;
        Training = training;
        HeldOut = heldOut;
        TooLong = tooLong;
    }

    /// <summary>The tokenizer that was trained on the corpus.</summary>
    public TrainedTokenizer Tokenizer { get; }

    /// <summary>The networks trained on, in the order they were sampled.</summary>
    public IReadOnlyList<CorpusDocument> Documents { get; }

    /// <summary>The examples to train on.</summary>
    public IReadOnlyList<EncodedExample> Training { get; }

    /// <summary>The examples that the loss is measured on.</summary>
    public IReadOnlyList<EncodedExample> HeldOut { get; }

    /// <summary>How many networks were left out for their length.</summary>
    public int TooLong { get; }

    /// <summary>Samples the networks, trains the tokenizer on them and encodes them.</summary>
    public static PretrainingCorpus Build(PretrainingCorpusOptions options)
    {
        ArchitectureSampler sampler = new(options.Seed);
        CorpusDocument[] heldOut = [.. Enumerable.Range(0, options.HeldOut).Select(_ => sampler.Next())];
        CorpusDocument[] documents = [.. Enumerable.Range(0, options.Documents).Select(_ => sampler.Next())];
        RandomSource random = new(options.Seed);
        DesignPrompt[] prompts = [.. documents.Select(_ => DrawPrompt(random))];

        TrainedTokenizer tokenizer = new BpeTrainer(
            new BpeTrainerOptions { VocabularySize = options.VocabularySize, MaximumLength = options.MaximumLength })
            .Train(documents.Zip(prompts, (document, prompt) => $"{prompt.System}\n{prompt.User}\n{document.Source}"));
        ChatEncoder encoder = tokenizer.ChatEncoder;
        List<EncodedExample> training = [];
        List<CorpusDocument> kept = [];
        foreach ((CorpusDocument document, DesignPrompt prompt) in documents.Zip(prompts))
        {
            EncodedExample example = encoder.Encode(prompt.Answer(document.Source));
            if (example.Ids.Length <= options.MaximumLength)
            {
                training.Add(example);
                kept.Add(document);
            }
        }

        EncodedExample[] measured =
        [
            .. heldOut.Select(document => encoder.Encode(DrawPrompt(random).Answer(document.Source)))
                .Where(example => example.Ids.Length <= options.MaximumLength),
        ];
        return new PretrainingCorpus(tokenizer, kept, training, measured, documents.Length - kept.Count);
    }

    private static DesignPrompt DrawPrompt(RandomSource random)
    {
        DatasetDescription dataset = random.Pick<DatasetDescription>([.. DatasetCatalog.All]);
        int budget = random.Chance(0.6) ? 500_000 : random.Pick(s_budgets);
        return DesignPrompt.For(DesignTask.Of(dataset.Name, budget)!, PromptWording.Short);
    }
}
