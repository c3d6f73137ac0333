namespace NnGpt.Corpus.Sampling;

/// <summary>Writes networks of one family into a draft, in the taste it is given.</summary>
internal interface IArchitectureFamily
{
    string Name { get; }

    void Write(Draft draft, Taste taste);
}
