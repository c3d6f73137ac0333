using System.ComponentModel.DataAnnotations;

namespace NnGpt.Generator.Remote;

/// <summary>A server that speaks the OpenAI API as the designer, section "Generator:OpenAI". Without a base URL the embedded model designs.</summary>
internal sealed class OpenAIOptions : IValidatableObject
{
    public const string Section = "Generator:OpenAI";

    /// <summary>The API's address, ending with its version: "http://127.0.0.1:8000/v1".</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Name of the model; empty: the first base model that the server lists.</summary>
    public string Model { get; set; } = "";

    /// <summary>Sent as a bearer token; empty: the environment's OPENAI_API_KEY, or none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Requests on their way at a time. The server batches them.</summary>
    [Range(1, 1024)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How often a request is tried again that failed by the network, a time-out, 408, 429 or 5xx.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 4;

    /// <summary>Wait before the first retry, in seconds; it doubles. The server's Retry-After goes before it.</summary>
    [Range(0.001, 600)]
    public double RetryDelaySeconds { get; set; } = 1;

    /// <summary>Longest time of one try, in seconds.</summary>
    [Range(0.1, 3600)]
    public double AttemptSeconds { get; set; } = 300;

    /// <summary>Longest time of all texts of one command with their retries, in seconds.</summary>
    [Range(1, 36_000)]
    public double TotalSeconds { get; set; } = 900;

    /// <summary>
    /// Folder where adapters are put for the server; empty: for a server on this machine the Generator's own cache, else none are sent.
    /// </summary>
    public string AdapterDirectory { get; set; } = "";

    /// <summary>That folder as the server sees it; empty: the same path.</summary>
    public string AdapterDirectoryOnServer { get; set; } = "";

    /// <summary>The server takes top_k beside OpenAI's own fields, as vLLM and llama.cpp do.</summary>
    public bool SendTopK { get; set; } = true;

    public bool IsSet => BaseUrl.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsSet && !(Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return new ValidationResult($"Generator:OpenAI:BaseUrl '{BaseUrl}' is no http or https address.", [nameof(BaseUrl)]);
        }
    }
}
