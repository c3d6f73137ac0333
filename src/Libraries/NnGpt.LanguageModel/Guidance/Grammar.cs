namespace NnGpt.LanguageModel.Guidance;

/// <summary>
/// A context-free grammar that one token decides, as deterministic automata, one a rule, over terminals and rules (the construction of
/// LL(1) generators with regular right-hand sides; Grune and Jacobs, Parsing Techniques, 8.2).
/// </summary>
/// <remarks>
/// Rules are written "name: body", continued by indented lines: 'text' and UPPER are terminals, [x] and x? optional, x* and x+ repeated,
/// | alternatives, () groups.
/// </remarks>
internal sealed class Grammar
{
    private readonly Dictionary<string, int> _terminals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _rules = new(StringComparer.Ordinal);
    private readonly Automaton[] _automata;

    /// <summary>Builds the automata.</summary>
    /// <exception cref="ArgumentException">A rule is unknown, or one token does not decide.</exception>
    public Grammar(string rules, string start)
    {
        (string Name, string Body)[] texts = [.. GrammarReader.Split(rules)];
        foreach ((string name, _) in texts)
        {
            _rules.Add(name, _rules.Count);
        }
        _automata = [.. texts.Select(text => new Automaton(new GrammarReader(text.Body, Symbol).Read()))];
        Start = _rules[start];
        var first = new HashSet<int>?[_automata.Length];
        for (int rule = 0; rule < _automata.Length; rule++)
        {
            First(rule, first);
        }
        foreach ((string name, int rule) in _rules)
        {
            _automata[rule].Resolve(name, symbol => IsTerminal(symbol) ? [symbol] : first[Rule(symbol)]!);
        }
    }

    /// <summary>The rule that a text begins with.</summary>
    public int Start { get; }

    /// <summary>The terminals' texts.</summary>
    public IReadOnlyCollection<string> Terminals => _terminals.Keys;

    /// <summary>The number of a terminal: its text, or its name in upper case; -1 when no rule has it.</summary>
    public int Terminal(string text) => _terminals.GetValueOrDefault(text, -1);

    /// <summary>The state that a token leads to from a state of a rule, and the rule that is entered on the way (-1: none).</summary>
    public bool TryMove(int rule, int state, int terminal, out int next, out int entered)
    {
        if (_automata[rule].Moves[state].TryGetValue(terminal, out (int State, int Symbol) move))
        {
            (next, entered) = (move.State, IsTerminal(move.Symbol) ? -1 : Rule(move.Symbol));
            return true;
        }
        (next, entered) = (-1, -1);
        return false;
    }

    /// <summary>Whether a rule may end in a state.</summary>
    public bool IsFinal(int rule, int state) => _automata[rule].Final[state];

    private static bool IsTerminal(int symbol) => symbol >= 0;

    private static int Rule(int symbol) => -1 - symbol;

    // Terminals are numbered from 0 up, rules from -1 down.
    private int Symbol(string text, bool quoted)
    {
        if (!quoted && !char.IsUpper(text[0]))
        {
            return _rules.TryGetValue(text, out int rule) ? -1 - rule : throw new ArgumentException($"there is no rule '{text}'");
        }
        if (!_terminals.TryGetValue(text, out int terminal))
        {
            _terminals.Add(text, terminal = _terminals.Count);
        }
        return terminal;
    }

    private HashSet<int> First(int rule, HashSet<int>?[] known)
    {
        if (known[rule] is { } found)
        {
            return found.Count > 0 ? found : throw new ArgumentException($"rule {rule} begins with itself");
        }
        known[rule] = []; // being computed
        HashSet<int> first = [];
        foreach (int symbol in _automata[rule].Arcs[0].Keys)
        {
            first.UnionWith(IsTerminal(symbol) ? [symbol] : First(Rule(symbol), known));
        }
        return known[rule] = first;
    }
}
