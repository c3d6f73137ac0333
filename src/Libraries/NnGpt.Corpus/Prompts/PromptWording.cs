namespace NnGpt.Corpus.Prompts;

/// <summary>How much a prompt says.</summary>
public enum PromptWording
{
    /// <summary>About fifty tokens: the embedded model was pretrained on it.</summary>
    Short,

    /// <summary>The whole brief in words, for models that follow instructions.</summary>
    Full,
}
