using System.Text.Json;
using NnGpt.Corpus.Chat;
using NnGpt.LanguageModel.Tokenization;

namespace NnGpt.LanguageModel.Tests.Tokenization;

/// <summary>The wordings of the families, recognised by their templates' marks.</summary>
public sealed class ChatTemplateTests : IDisposable
{
    private const string Llama2 = "{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content | trim + ' [/INST]' }}{% endif %}{% set content = '<<SYS>>\\n' + system_message %}";
    private const string Llama3 = "{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}";
    private const string Llama31 = "{{- \"<|start_header_id|>system<|end_header_id|>\\n\\n\" }}{{- \"Cutting Knowledge Date: December 2023\\n\" }}";

    private static readonly ChatMessage[] s_talk =
        [new(ChatRole.System, "Be brief."), new(ChatRole.User, " Hello \n"), new(ChatRole.Assistant, "Hi."), new(ChatRole.User, "Design.")];

    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-").FullName;

    [Fact]
    public void Render_Llama2_WrapsEachTurn() => Assert.Equal(
        "<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\n Hello [/INST] Hi. </s><s>[INST] Design. [/INST]",
        Load(Llama2).Render(s_talk, addGenerationPrompt: true));

    [Fact]
    public void Render_Llama2OutOfTurn_SaysWhatItWants() =>
        Assert.Contains("in turn", Assert.Throws<ArgumentException>(() => Load(Llama2).Render([s_talk[1], s_talk[1]], addGenerationPrompt: true)).Message);

    [Fact]
    public void Render_Llama3_NamesEachRole() => Assert.Equal(
        "<s><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|>"
        + "<|start_header_id|>assistant<|end_header_id|>\n\nHi.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nDesign.<|eot_id|>"
        + "<|start_header_id|>assistant<|end_header_id|>\n\n",
        Load(Llama3).Render(s_talk, addGenerationPrompt: true));

    [Fact]
    public void Render_Llama31_TellsTheDatesFirst() => Assert.Equal(
        "<s><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n<|eot_id|>"
        + "<|start_header_id|>user<|end_header_id|>\n\nDesign.<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
        Load(Llama31).Render([s_talk[3]], addGenerationPrompt: true));

    [Fact]
    public void Load_AListOfTemplates_TakesTheDefault()
    {
        File.WriteAllText(Path.Combine(_directory, "tokenizer_config.json"), JsonSerializer.Serialize(new
        {
            bos_token = new { content = "<s>" },
            chat_template = new[] { new { name = "tool_use", template = "x" }, new { name = "default", template = Llama3 } },
        }));
        Assert.Equal("llama-3", ChatTemplate.Load(_directory).Name);
    }

    [Fact]
    public void Load_AnUnknownTemplate_NamesTheKnownOnes() =>
        Assert.Contains("LLaMA 2 and CodeLlama", Assert.Throws<InvalidDataException>(() => Load("{{ messages }}")).Message);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private ChatTemplate Load(string jinja)
    {
        File.WriteAllText(Path.Combine(_directory, "tokenizer_config.json"), JsonSerializer.Serialize(new { bos_token = "<s>", eos_token = "</s>", chat_template = jinja }));
        return ChatTemplate.Load(_directory);
    }
}
