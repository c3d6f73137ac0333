using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>What <see cref="BpeTrainer"/> learnt, to be used at once or written as Hugging Face files.</summary>
public sealed class TrainedTokenizer
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BpeTrainerOptions _options;
    private readonly IReadOnlyList<string> _tokens;
    private readonly IReadOnlyList<(string Left, string Right)> _merges;
    private readonly int _specialCount;

    internal TrainedTokenizer(
        BpeTrainerOptions options, IReadOnlyList<string> tokens, IReadOnlyList<(string Left, string Right)> merges, int specialCount)
    {
        _options = options;
        _tokens = tokens;
        _merges = merges;
        _specialCount = specialCount;
        Tokenizer = Tokenizer.Parse(JsonSerializer.SerializeToUtf8Bytes(TokenizerJson()));
    }

    /// <summary>The tokenizer itself.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Tokenizer and chat template together.</summary>
    public ChatEncoder ChatEncoder => new(Tokenizer, ChatTemplate.RoleTokens(_options.BeginToken, _options.EndToken));

    /// <summary>Writes tokenizer.json and tokenizer_config.json, which Hugging Face's libraries load too.</summary>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "tokenizer.json"), TokenizerJson().ToJsonString(s_json) + "\n");
        File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), ConfigJson().ToJsonString(s_json) + "\n");
    }

    private JsonObject TokenizerJson()
    {
        JsonObject vocabulary = [];
        for (int id = 0; id < _tokens.Count; id++)
        {
            vocabulary[_tokens[id]] = id;
        }

        JsonArray added = [];
        for (int id = 0; id < _specialCount; id++)
        {
            JsonNode token = AddedTokenJson(_tokens[id]);
            token["id"] = id;
            added.Add(token);
        }

        JsonNode byteLevel() => new JsonObject
        {
            ["type"] = "ByteLevel",
            ["add_prefix_space"] = false,
            ["trim_offsets"] = true,
            ["use_regex"] = false,
        };
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = added,
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = "Split",
                        ["pattern"] = new JsonObject { ["Regex"] = _options.Pattern },
                        ["behavior"] = "Isolated",
                        ["invert"] = false,
                    },
                    byteLevel()),
            },
            ["post_processor"] = null,
            ["decoder"] = byteLevel(),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = null,
                ["end_of_word_suffix"] = null,
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["ignore_merges"] = false,
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. _merges.Select(merge => new JsonArray(merge.Left, merge.Right))]),
            },
        };
    }

    private JsonObject ConfigJson()
    {
        JsonObject decoder = [];
        for (int id = 0; id < _specialCount; id++)
        {
            decoder[$"{id}"] = AddedTokenJson(_tokens[id]);
        }

        return new JsonObject
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
            ["added_tokens_decoder"] = decoder,
            ["additional_special_tokens"] = new JsonArray([.. _options.RoleTokens.Select(token => JsonValue.Create(token))]),
            ["bos_token"] = _options.BeginToken,
            ["eos_token"] = _options.EndToken,
            ["pad_token"] = _options.PadToken,
            ["unk_token"] = null,
            ["clean_up_tokenization_spaces"] = false,
            ["model_max_length"] = _options.MaximumLength,
            ["chat_template"] = ChatTemplate.RoleTokensJinja,
        };
    }

    private static JsonObject AddedTokenJson(string content) => new()
    {
        ["content"] = content,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        ["special"] = true,
    };
}
