namespace NnGpt.Generator.Remote;

/// <summary>The server's base model.</summary>
/// <param name="Name">Its id.</param>
/// <param name="ContextLength">In tokens; 0 when the server does not say.</param>
/// <param name="OwnedBy">As the server says; "nngpt" for a Generator.</param>
internal sealed record ServerModel(string Name, int ContextLength, string OwnedBy)
{
    /// <summary>Another Generator, which knows syntax-guided decoding.</summary>
    public bool IsGenerator => OwnedBy == "nngpt";
}
