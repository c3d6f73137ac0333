using NnGpt.Corpus.Chat;
using NnGpt.Corpus.Prompts;

namespace NnGpt.Corpus.Tests.Prompts;

public sealed class DesignPromptTests
{
    private static readonly DesignTask s_task = new("fashion-mnist", 1, 28, 28, 10);

    [Fact]
    public void For_Short_IsTheWordingOfTheEmbeddedModel()
    {
        DesignPrompt prompt = DesignPrompt.For(s_task, PromptWording.Short);
        Assert.Equal("You design PyTorch networks.", prompt.System);
        Assert.Equal("fashion-mnist, 1x28x28, 10 classes, at most 500000 parameters.", prompt.User);
    }

    [Fact]
    public void For_Full_StatesTaskContractAndRules()
    {
        string user = DesignPrompt.For(s_task, PromptWording.Full).User;
        foreach (string part in new[] { "fashion-mnist", "(N, 1, 28, 28)", "(N, 10)", "500000", "supported_hyperparameters", "train_setup", "learn(self, train_data)", "single Python code block" })
        {
            Assert.Contains(part, user, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Answer_Source_IsAPairOfThePrompt()
    {
        DesignPrompt prompt = DesignPrompt.For(s_task, PromptWording.Short);
        ChatPair pair = prompt.Answer("x\n");
        Assert.Equal(prompt.Messages, pair.Messages.SkipLast(1));
        Assert.Equal(new ChatMessage(ChatRole.Assistant, "x\n"), pair.Messages[^1]);
    }
}
