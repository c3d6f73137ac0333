using System.Text.Json.Serialization;

namespace NnGpt.Dashboard.Live;

/// <summary>What a page sends: {"id":1,"watch":"experiment","of":"smoke-1"}, later {"id":1,"watch":null}.</summary>
internal sealed record LiveRequest(int Id, string? Watch, string? Of);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveRequest))]
internal sealed partial class LiveJson : JsonSerializerContext;
