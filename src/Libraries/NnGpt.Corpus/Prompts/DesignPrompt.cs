using System.Globalization;
using NnGpt.Corpus.Chat;

namespace NnGpt.Corpus.Prompts;

/// <summary>
/// The request for one network. It is held fixed over all cycles of an experiment, so that what changes is the model.
/// </summary>
/// <param name="System">The system message: who is asked.</param>
/// <param name="User">The user message: the task.</param>
public sealed record DesignPrompt(string System, string User)
{
    /// <summary>The prompt of a task in the given wording.</summary>
    public static DesignPrompt For(DesignTask task, PromptWording wording) => wording switch
    {
        PromptWording.Short => Short(task),
        PromptWording.Full => Full(task),
        _ => throw new ArgumentOutOfRangeException(nameof(wording), wording, "unknown wording"),
    };

    /// <summary>The two messages that are to be answered.</summary>
    public IReadOnlyList<ChatMessage> Messages => [new(ChatRole.System, System), new(ChatRole.User, User)];

    /// <summary>The training example in which the prompt is answered with <paramref name="source"/>.</summary>
    public ChatPair Answer(string source) => new(System, User, source);

    private static DesignPrompt Short(DesignTask task) => new(
        "You design PyTorch networks.",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{task.DataSet}, {task.Channels}x{task.Height}x{task.Width}, {task.Classes} classes, at most {task.ParameterBudget} parameters."));

    private static DesignPrompt Full(DesignTask task) => new(
        "You are an expert PyTorch architecture designer. You design convolutional and other compact neural networks "
        + "that reach the highest accuracy after a single epoch of training, under the constraints you are given.",
        string.Create(CultureInfo.InvariantCulture, $$"""
            Design one image classification network for {{task.DataSet}}.

            Input: batches of shape (N, {{task.Channels}}, {{task.Height}}, {{task.Width}}). Output: logits of shape (N, {{task.Classes}}).
            Parameter budget: at most {{task.ParameterBudget}} trainable parameters. Latency budget: tight (edge device).
            Objective: top-1 accuracy on held-out images after one epoch.

            Keep exactly this API:
            - supported_hyperparameters() at module level returns the set {'lr', 'momentum'}.
            - class Net(nn.Module) with __init__(self, in_shape, out_shape, prm, device), where in_shape is
              (batch, channels, height, width), out_shape is (classes,), prm is a dict of floats, device a torch device.
            - forward(self, x) returns the logits.
            - train_setup(self, prm) moves the model to the device and makes the criterion and the optimizer.
            - learn(self, train_data) runs one epoch over an iterable of (inputs, labels) batches.

            Rules: only standard convolution, pooling, normalization, activation and linear layers of torch.nn; no
            pretrained weights; no data loading, no files, no network; no training loop outside learn. Helper classes
            and functions beside Net are allowed. The architecture should be structurally new, not a known model.

            Answer with a single Python code block and nothing else.
            """));
}
