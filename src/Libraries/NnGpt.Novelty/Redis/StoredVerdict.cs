using System.Text.Json;
using System.Text.Json.Serialization;

namespace NnGpt.Novelty.Redis;

// {"novel":true,"admitted":true,"rejections":0,"jTrain":0.5,"nearestTrain":"c:base-17","jGenerated":0,"nearestGenerated":""}
internal sealed record StoredVerdict(
    [property: JsonPropertyName("novel")] bool Novel,
    [property: JsonPropertyName("admitted")] bool Admitted,
    [property: JsonPropertyName("rejections")] double Rejections,
    [property: JsonPropertyName("jTrain")] double JTrain,
    [property: JsonPropertyName("nearestTrain")] string NearestTrain,
    [property: JsonPropertyName("jGenerated")] double JGenerated,
    [property: JsonPropertyName("nearestGenerated")] string NearestGenerated)
{
    public static NoveltyVerdict Read(string json)
    {
        var stored = JsonSerializer.Deserialize<StoredVerdict>(json)!;
        return new NoveltyVerdict(
            stored.Novel,
            stored.Admitted,
            stored.JTrain,
            IndexEntry.Id(stored.NearestTrain),
            stored.JGenerated,
            IndexEntry.Id(stored.NearestGenerated),
            (int)stored.Rejections);
    }
}
