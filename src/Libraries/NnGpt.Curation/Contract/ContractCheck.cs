using NnGpt.Python;

namespace NnGpt.Curation.Contract;

/// <summary>
/// Does a source keep the candidate contract, as far as its text tells? Nothing is evaluated: whether the network builds and
/// runs is `nngpt validate`'s question.
/// </summary>
public static class ContractCheck
{
    // The argument's name: how many positional arguments each is called with, self included.
    private static readonly (string Name, int Arguments, ContractBreach Breach)[] s_methods =
    [
        ("forward", 2, ContractBreach.NoForward),
        ("train_setup", 2, ContractBreach.NoTrainSetup),
        ("learn", 2, ContractBreach.NoLearn),
    ];

    /// <summary>The first breach in the order of <see cref="ContractBreach"/>; null when the contract is kept.</summary>
    public static ContractBreach? Of(string source)
    {
        var (module, _) = ModuleOutline.Read(source);
        if (module is null)
        {
            return ContractBreach.Syntax;
        }

        if (module.Classes.LastOrDefault(c => c.Name == "Net") is not { } net)
        {
            return ContractBreach.NoNet;
        }

        var (constructor, constructorKnown) = Find(module, net, "__init__");
        if (constructorKnown && constructor?.Accepts(5) != true)
        {
            return ContractBreach.Constructor;
        }

        foreach (var (name, arguments, breach) in s_methods)
        {
            var (method, known) = Find(module, net, name);
            if (known && method?.Accepts(arguments) != true)
            {
                return breach;
            }
        }

        return module.Functions.Any(f => f.Name == "supported_hyperparameters" && f.Accepts(0)) ? null : ContractBreach.NoHyperparameters;
    }

    /// <summary>A method of a class or of its bases; not known when it may come from a class that the text does not define.</summary>
    private static (FunctionOutline? Method, bool Known) Find(ModuleOutline module, ClassOutline start, string name)
    {
        HashSet<string> visited = [];
        Stack<ClassOutline> pending = new([start]);
        bool known = true;
        while (pending.TryPop(out ClassOutline? current))
        {
            if (current.Methods.LastOrDefault(m => m.Name == name) is { } method)
            {
                return (method, true);
            }

            if (current.Attributes.Contains(name))
            {
                return (null, false);
            }

            foreach (string parent in current.Bases.Reverse())
            {
                if (module.Classes.LastOrDefault(c => c.Name == parent) is { } defined)
                {
                    if (visited.Add(parent))
                    {
                        pending.Push(defined);
                    }
                }
                else
                {
                    known &= parent is "Module" or "object";
                }
            }
        }

        return (null, known);
    }
}
