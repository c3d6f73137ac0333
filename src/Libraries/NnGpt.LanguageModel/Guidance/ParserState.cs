namespace NnGpt.LanguageModel.Guidance;

/// <summary>Where a parser stands after some tokens: a stack of rules with their states, shared between the states of many texts.</summary>
internal sealed class ParserState
{
    private readonly Grammar _grammar;
    private readonly int _rule;
    private readonly int _state;
    private readonly ParserState? _outer;

    private ParserState(Grammar grammar, int rule, int state, ParserState? outer) => (_grammar, _rule, _state, _outer) = (grammar, rule, state, outer);

    /// <summary>Before the first token.</summary>
    public static ParserState Begin(Grammar grammar) => new(grammar, grammar.Start, 0, null);

    /// <summary>After one more token; null when it cannot come here.</summary>
    /// <param name="terminal">Of <see cref="Grammar.Terminal"/>.</param>
    public ParserState? After(int terminal)
    {
        ParserState? at = this;
        while (at is not null)
        {
            if (_grammar.TryMove(at._rule, at._state, terminal, out int next, out int entered))
            {
                at = new ParserState(_grammar, at._rule, next, at._outer);
                if (entered < 0)
                {
                    return at;
                }
                at = new ParserState(_grammar, entered, 0, at);
            }
            else if (_grammar.IsFinal(at._rule, at._state))
            {
                at = at._outer;
            }
            else
            {
                return null;
            }
        }
        return null;
    }
}
