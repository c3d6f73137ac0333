using System.Text.Json;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>
/// Text to token ids and back, from a Hugging Face <c>tokenizer.json</c> with a BPE model: byte-level (GPT-2, LLaMA 3,
/// DeepSeek) or SentencePiece style with byte fallback (LLaMA 2). Immutable; safe to use from several threads.
/// </summary>
public sealed class Tokenizer
{
    private const int MostIds = 16_000_000;

    private readonly BpeModel _model;
    private readonly PreTokenizer _preTokenizer;
    private readonly Func<string, string> _normalize;
    private readonly PostProcessor _postProcessor;
    private readonly AddedTokenSplitter _rawSplitter;
    private readonly AddedTokenSplitter _normalizedSplitter;
    private readonly Dictionary<string, int> _ids;
    private readonly string?[] _tokens;
    private readonly byte[]?[] _bytes;
    private readonly HashSet<int> _special;

    private Tokenizer(JsonElement json)
    {
        JsonElement model = json.GetProperty("model");
        string type = model.TryGetProperty("type", out JsonElement typeElement) ? typeElement.GetString() ?? "BPE" : "BPE";
        if (type != "BPE")
        {
            throw new InvalidDataException($"tokenizer model of type '{type}' is not supported: BPE is");
        }

        _ids = model.GetProperty("vocab").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
        string? unknown = Optional(model, "unk_token")?.GetString();
        _model = new BpeModel(new Dictionary<string, int>(_ids, StringComparer.Ordinal), [.. model.GetProperty("merges").EnumerateArray().Select(ParseMerge)])
        {
            IgnoreMerges = Optional(model, "ignore_merges")?.GetBoolean() ?? false,
            ByteFallback = Optional(model, "byte_fallback")?.GetBoolean() ?? false,
            FuseUnknown = Optional(model, "fuse_unk")?.GetBoolean() ?? false,
            UnknownId = unknown is null ? null : _ids[unknown],
        };
        _preTokenizer = PreTokenizer.Parse(Optional(json, "pre_tokenizer"));
        _normalize = Normalizer.Parse(Optional(json, "normalizer"));
        _postProcessor = PostProcessor.Parse(Optional(json, "post_processor"));
        TokenBytes decoder = TokenBytes.Parse(Optional(json, "decoder") ?? default);
        LeadingSpaces = decoder.LeadingSpaces;

        AddedTokens = Optional(json, "added_tokens") is { } added ? [.. added.EnumerateArray().Select(ParseAddedToken)] : [];
        foreach (AddedToken token in AddedTokens)
        {
            _ids[token.Content] = token.Id;
        }

        _special = [.. AddedTokens.Where(token => token.Special).Select(token => token.Id)];
        _rawSplitter = new AddedTokenSplitter(AddedTokens.Where(token => !token.Normalized));
        _normalizedSplitter = new AddedTokenSplitter(
            AddedTokens.Where(token => token.Normalized).Select(token => token with { Content = _normalize(token.Content) }));
        if (_ids.Values.Any(static id => id is < 0 or >= MostIds))
        {
            throw new InvalidDataException($"the id of a token is outside 0..{MostIds - 1}");
        }

        VocabularySize = _ids.Values.DefaultIfEmpty(-1).Max() + 1;
        _tokens = new string?[VocabularySize];
        _bytes = new byte[]?[VocabularySize];
        foreach ((string token, int id) in _ids)
        {
            _tokens[id] = token;
            _bytes[id] = decoder.Of(token);
        }
    }

    /// <summary>One more than the highest id.</summary>
    public int VocabularySize { get; }

    /// <summary>The tokens that are found before the text is split, special ones among them.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; }

    internal int LeadingSpaces { get; }

    /// <summary>Reads a tokenizer.json, or the one in a model's directory.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind that is not supported.</exception>
    public static Tokenizer Load(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, "tokenizer.json") : path;
        try
        {
            return Parse(File.ReadAllBytes(file));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"{file} is not a tokenizer.json that can be read: {error.Message}", error);
        }
    }

    /// <summary>The id of a token by its text in the vocabulary, or null.</summary>
    public int? IdOf(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    /// <summary>The token's text in the vocabulary (in the byte alphabet for byte-level models), or null.</summary>
    public string? TokenOf(int id) => id >= 0 && id < _tokens.Length ? _tokens[id] : null;

    /// <summary>True for tokens that mark structure (begin, end, roles).</summary>
    public bool IsSpecial(int id) => _special.Contains(id);

    /// <summary>The ids of a text.</summary>
    /// <param name="text">Any text; a half surrogate counts as U+FFFD.</param>
    /// <param name="addSpecialTokens">Put the tokens of the file's post-processor (begin of sequence, ...) around it.</param>
    public int[] Encode(string text, bool addSpecialTokens = false)
    {
        List<int> ids = [];
        if (addSpecialTokens)
        {
            ids.AddRange(_postProcessor.Before);
        }

        bool atStart = true;
        foreach ((string raw, AddedToken? token) in _rawSplitter.Split(text))
        {
            if (token is not null)
            {
                ids.Add(token.Id);
            }
            else
            {
                EncodeRaw(raw, atStart, ids);
            }

            atStart = false;
        }

        if (addSpecialTokens)
        {
            ids.AddRange(_postProcessor.After);
        }

        return [.. ids];
    }

    /// <summary>The text of the ids; bytes that are no UTF-8 become U+FFFD. Ids without a token have no text.</summary>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        TokenStream stream = new(this, skipSpecialTokens);
        System.Text.StringBuilder text = new();
        foreach (int id in ids)
        {
            text.Append(stream.Append(id));
        }

        return text.Append(stream.Flush()).ToString();
    }

    /// <summary>Begins to decode ids one by one.</summary>
    public TokenStream CreateStream(bool skipSpecialTokens = true) => new(this, skipSpecialTokens);

    internal static Tokenizer Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new Tokenizer(document.RootElement);
    }

    internal ReadOnlySpan<byte> BytesOf(int id) => id >= 0 && id < _bytes.Length && _bytes[id] is { } bytes
        ? bytes
        : throw new ArgumentOutOfRangeException(nameof(id), id, "no such token");

    private void EncodeRaw(string raw, bool atStart, List<int> ids)
    {
        foreach ((string text, AddedToken? token) in _normalizedSplitter.Split(_normalize(raw)))
        {
            if (token is not null)
            {
                ids.Add(token.Id);
            }
            else
            {
                foreach (string piece in _preTokenizer.Split(text, atStart))
                {
                    _model.Encode(piece, ids);
                }
            }

            atStart = false;
        }
    }

    private static JsonElement? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static (string Left, string Right) ParseMerge(JsonElement merge)
    {
        if (merge.ValueKind == JsonValueKind.Array)
        {
            return (merge[0].GetString() ?? "", merge[1].GetString() ?? "");
        }

        // Files written before tokenizers 0.20 have "left right".
        string text = merge.GetString() ?? "";
        int space = text.IndexOf(' ', 1);
        return space < 0 ? throw new InvalidDataException($"'{text}' is not a merge") : (text[..space], text[(space + 1)..]);
    }

    private static AddedToken ParseAddedToken(JsonElement json) => new(
        json.GetProperty("id").GetInt32(),
        json.GetProperty("content").GetString() ?? "",
        Flag(json, "special"),
        Flag(json, "normalized"),
        Flag(json, "lstrip"),
        Flag(json, "rstrip"),
        Flag(json, "single_word"));

    private static bool Flag(JsonElement json, string name) => Optional(json, name)?.GetBoolean() ?? false;
}
