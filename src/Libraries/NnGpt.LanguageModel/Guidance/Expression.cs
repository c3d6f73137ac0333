namespace NnGpt.LanguageModel.Guidance;

/// <summary>A right-hand side of a <see cref="Grammar"/>, or a part of one.</summary>
internal abstract record Expression;

/// <summary>A terminal or a rule.</summary>
internal sealed record SymbolExpression(int Symbol) : Expression;

/// <summary>One after another.</summary>
internal sealed record SequenceExpression(IReadOnlyList<Expression> Items) : Expression;

/// <summary>One of several.</summary>
internal sealed record ChoiceExpression(IReadOnlyList<Expression> Items) : Expression;

/// <summary>Not at all, once or several times.</summary>
internal sealed record RepeatExpression(Expression Item, bool Optional, bool Many) : Expression;
