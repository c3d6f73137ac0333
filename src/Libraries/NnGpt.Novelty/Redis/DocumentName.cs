namespace NnGpt.Novelty.Redis;

/// <summary>Members of the buckets: "c:id" a document of the corpus, "g:id" an admitted (generated) candidate.</summary>
internal static class DocumentName
{
    public const string CorpusPrefix = "c:";
    public const string AdmittedPrefix = "g:";

    public static string OfCorpus(string id) => CorpusPrefix + id;

    public static string OfAdmitted(string id) => AdmittedPrefix + id;

    public static string Id(string name) => name[CorpusPrefix.Length..];
}
