namespace NnGpt.LanguageModel.Guidance;

/// <summary>The deterministic automaton of one rule's right-hand side, by the subset construction.</summary>
internal sealed class Automaton
{
    /// <summary>Makes an expression's automaton; state 0 is the first.</summary>
    public Automaton(Expression expression)
    {
        Fragments fragments = new();
        (int start, int end) = fragments.Add(expression);
        List<int[]> sets = [fragments.Reach([start])];
        for (int state = 0; state < sets.Count; state++)
        {
            Dictionary<int, int> arcs = [];
            foreach (IGrouping<int, int> targets in sets[state].SelectMany(node => fragments.Arcs[node]).GroupBy(static arc => arc.Symbol, static arc => arc.Target))
            {
                int[] reached = fragments.Reach(targets);
                int next = sets.FindIndex(set => set.AsSpan().SequenceEqual(reached));
                if (next < 0)
                {
                    next = sets.Count;
                    sets.Add(reached);
                }
                arcs.Add(targets.Key, next);
            }
            Arcs.Add(arcs);
            Final.Add(sets[state].Contains(end));
        }
    }

    /// <summary>By state: symbol to next state.</summary>
    public List<Dictionary<int, int>> Arcs { get; } = [];

    /// <summary>By state: whether the rule may end there.</summary>
    public List<bool> Final { get; } = [];

    /// <summary>By state: terminal to next state, with the symbol of the arc that it takes.</summary>
    public List<Dictionary<int, (int State, int Symbol)>> Moves { get; } = [];

    /// <summary>Fills <see cref="Moves"/>.</summary>
    /// <exception cref="ArgumentException">A terminal begins two arcs of a state.</exception>
    public void Resolve(string name, Func<int, HashSet<int>> first)
    {
        foreach (Dictionary<int, int> arcs in Arcs)
        {
            Dictionary<int, (int, int)> moves = [];
            foreach ((int symbol, int next) in arcs)
            {
                foreach (int terminal in first(symbol))
                {
                    if (!moves.TryAdd(terminal, (next, symbol)))
                    {
                        throw new ArgumentException($"rule '{name}': terminal {terminal} begins two continuations");
                    }
                }
            }
            Moves.Add(moves);
        }
    }

    /// <summary>The nondeterministic automaton, built from fragments (Thompson).</summary>
    private sealed class Fragments
    {
        private readonly List<List<int>> _free = [];

        public List<List<(int Symbol, int Target)>> Arcs { get; } = [];

        public (int Start, int End) Add(Expression expression)
        {
            (int start, int end) = (Node(), Node());
            switch (expression)
            {
                case SymbolExpression symbol:
                    Arcs[start].Add((symbol.Symbol, end));
                    break;
                case SequenceExpression sequence:
                    int last = start;
                    foreach (Expression item in sequence.Items)
                    {
                        (int first, int then) = Add(item);
                        _free[last].Add(first);
                        last = then;
                    }
                    _free[last].Add(end);
                    break;
                case ChoiceExpression choice:
                    foreach (Expression item in choice.Items)
                    {
                        (int first, int then) = Add(item);
                        _free[start].Add(first);
                        _free[then].Add(end);
                    }
                    break;
                case RepeatExpression repeat:
                    (int from, int to) = Add(repeat.Item);
                    _free[start].Add(from);
                    _free[to].Add(end);
                    if (repeat.Many)
                    {
                        _free[to].Add(from);
                    }
                    if (repeat.Optional)
                    {
                        _free[start].Add(end);
                    }
                    break;
            }
            return (start, end);
        }

        /// <summary>The nodes that are reached without a symbol, in order.</summary>
        public int[] Reach(IEnumerable<int> nodes)
        {
            SortedSet<int> reached = [.. nodes];
            Stack<int> open = new(reached);
            while (open.TryPop(out int node))
            {
                foreach (int next in _free[node].Where(reached.Add))
                {
                    open.Push(next);
                }
            }
            return [.. reached];
        }

        private int Node()
        {
            _free.Add([]);
            Arcs.Add([]);
            return Arcs.Count - 1;
        }
    }
}
