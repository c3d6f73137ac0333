namespace NnGpt.Python.Modules;

/// <summary>The arguments of <c>@dataclass</c>.</summary>
internal sealed record DataclassOptions(bool Init, bool Repr, bool Eq, bool Order, bool UnsafeHash, bool Frozen, bool KeywordOnly);
