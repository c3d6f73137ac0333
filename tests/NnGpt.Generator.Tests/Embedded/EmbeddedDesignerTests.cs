using NnGpt.Corpus.Chat;
using NnGpt.Generator.Designers;
using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Tests.Embedded;

/// <summary>The embedded model itself, on a few tokens.</summary>
public sealed class EmbeddedDesignerTests
{
    [Fact]
    public async Task Design_TheSameSeeds_GivesTheSameTextsInAnyBatch()
    {
        await using var generator = await ServedGenerator.StartAsync(static options => options.MaxBatch = 4);

        var three = await DesignAsync(generator.Designer, "", 1, 2, 3);
        var one = await DesignAsync(generator.Designer, "", 2);

        Assert.Equal(three[1].Text, one[0].Text);
        Assert.NotEqual(three[0].Text, three[1].Text);
        Assert.Equal((ulong)2, one[0].Origin.Seed);
        Assert.Equal("length", one[0].Origin.FinishReason);
        Assert.Equal(24, one[0].Origin.CompletionTokens);
    }

    [Fact]
    public async Task Design_AnotherAdapter_IsTakenUpAndLeftAgain()
    {
        await using var generator = await ServedGenerator.StartAsync();
        string digest = generator.AddAdapter();

        var plain = await DesignAsync(generator.Designer, "", 1);
        var adapted = await DesignAsync(generator.Designer, digest, 1);
        Assert.Equal(digest, generator.Designer.Model.AdapterDigest);
        var plainAgain = await DesignAsync(generator.Designer, "", 1);

        Assert.NotEqual(plain[0].Text, adapted[0].Text);
        Assert.Equal(digest, adapted[0].Origin.AdapterDigest);
        Assert.Equal(plain[0].Text, plainAgain[0].Text);
    }

    [Fact]
    public async Task Design_WithTwoAdaptersAtATime_GivesEachItsOwnTexts()
    {
        await using var generator = await ServedGenerator.StartAsync();
        string digest = generator.AddAdapter();
        var plain = await DesignAsync(generator.Designer, "", 1, 2);
        var adapted = await DesignAsync(generator.Designer, digest, 1, 2);

        var both = await Task.WhenAll(
            DesignAsync(generator.Designer, "", 1, 2), DesignAsync(generator.Designer, digest, 1, 2), DesignAsync(generator.Designer, "", 1, 2));

        Assert.Equal(plain.Select(text => text.Text), both[0].Select(text => text.Text));
        Assert.Equal(adapted.Select(text => text.Text), both[1].Select(text => text.Text));
        Assert.Equal(plain.Select(text => text.Text), both[2].Select(text => text.Text));
    }

    internal static Task<IReadOnlyList<DesignedText>> DesignAsync(IDesigner designer, string adapter, params ulong[] seeds) =>
        designer.DesignAsync(
            new DesignRequest(
                [new ChatMessage(ChatRole.User, "Design a network.")],
                new SamplingSettings { Temperature = 1, TopP = 1, MaxNewTokens = 24 },
                seeds,
                adapter),
            TestContext.Current.CancellationToken);
}
