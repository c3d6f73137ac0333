using NnGpt.Corpus.Chat;

namespace NnGpt.Corpus.Tests.Chat;

public sealed class ChatJsonlTests
{
    [Fact]
    public void Format_Pair_IsHuggingFacesChatFormat()
    {
        Assert.Equal(
            """{"messages":[{"role":"system","content":"s"},{"role":"user","content":"u é"},{"role":"assistant","content":"x = '1'\n"}]}""",
            ChatJsonl.Format(new ChatPair("s", "u é", "x = '1'\n")));
    }

    [Fact]
    public void Read_WhatWasWritten_IsEqual()
    {
        ChatPair[] pairs = [new("s", "u", "a\n\"b\"\\n"), new("", "日本 🎉", "```python\nx\n```")];
        using StringWriter writer = new();
        ChatJsonl.Write(writer, pairs);
        Assert.Equal(2, writer.ToString().Count(character => character == '\n'));
        ChatPair[] read = [.. ChatJsonl.Read(new StringReader(writer.ToString()))];
        Assert.Equal(pairs, read);
        Assert.Equal(pairs[0].Id, read[0].Id);
        Assert.NotEqual(pairs[0].Id, pairs[1].Id);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"messages":[{"role":"user","content":"u"}]}""")]
    [InlineData("""{"messages":[{"role":"assistant","content":"a"},{"role":"user","content":"u"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":null},{"role":"assistant","content":"a"}]}""")]
    public void Read_BadLine_NamesItsNumber(string line)
    {
        string text = ChatJsonl.Format(new ChatPair("", "u", "a")) + "\n\n" + line + "\n";
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ChatJsonl.Read(new StringReader(text)).Count());
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
    }
}
