using NnGpt.Python.Lexing;
using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Finds the scopes of a tree and which names each one binds and uses; reports misplaced statements.</summary>
internal sealed partial class ScopeBuilder
{
    private readonly Dictionary<object, Scope> _scopes = new(ReferenceEqualityComparer.Instance);
    private readonly List<Scope> _all = [];
    private readonly bool _lazyAnnotations;
    private readonly Dictionary<(Scope Scope, string Name), Node> _declarations = [];
    private Scope _scope;
    private int _loops;

    private ScopeBuilder(bool lazyAnnotations)
    {
        _lazyAnnotations = lazyAnnotations;
        _scope = new Scope(ScopeKind.Module, null, "<module>");
        _all.Add(_scope);
    }

    /// <summary>The scopes by node; the module's scope stands under the tree itself.</summary>
    public static Dictionary<object, Scope> Build(SyntaxTree tree)
    {
        var builder = new ScopeBuilder(tree.LazyAnnotations);
        builder._scopes[tree] = builder._scope;
        builder.VisitBlock(tree.Body);
        foreach (var scope in builder._all)
        {
            foreach (var name in scope.Nonlocals)
            {
                if (!scope.Resolve(name))
                    throw Error(builder._declarations[(scope, name)], $"no binding for nonlocal '{name}' found");
            }

            foreach (var name in scope.Used)
                scope.Resolve(name);
        }

        return builder._scopes;
    }

    private static LexicalErrorException Error(Node node, string message) =>
        new(new PythonSyntaxError("SyntaxError", message, node.Line, node.Column));

    private void Bind(string name)
    {
        _scope.Bound.Add(name);
        _scope.Used.Add(name);
    }

    private void Within(object node, Scope scope, Action visit)
    {
        var (outer, loops) = (_scope, _loops);
        _scopes[node] = scope;
        _all.Add(scope);
        _scope = scope;
        _loops = 0;
        visit();
        _scope = outer;
        _loops = loops;
    }

    private void VisitBlock(IReadOnlyList<Statement> body)
    {
        foreach (var statement in body)
            Visit(statement);
    }

    private void Visit(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement node:
                Visit(node.Value);
                break;
            case AssignStatement node:
                Visit(node.Value);
                foreach (var target in node.Targets)
                    VisitTarget(target);
                break;
            case AugmentedAssignStatement node:
                Visit(node.Target);
                Visit(node.Value);
                VisitTarget(node.Target);
                break;
            case AnnotatedAssignStatement node:
                if (node.Value is not null)
                    Visit(node.Value);
                if (!_lazyAnnotations && _scope.Kind != ScopeKind.Function)
                    Visit(node.Annotation);
                VisitTarget(node.Target);
                break;
            case ReturnStatement node:
                if (_scope.Kind != ScopeKind.Function)
                    throw Error(node, "'return' outside function");
                VisitOptional(node.Value);
                break;
            case RaiseStatement node:
                VisitOptional(node.Exception);
                VisitOptional(node.Cause);
                break;
            case BreakStatement when _loops == 0:
                throw Error(statement, "'break' outside loop");
            case ContinueStatement when _loops == 0:
                throw Error(statement, "'continue' not properly in loop");
            case GlobalStatement node:
                VisitGlobal(node);
                break;
            case DeleteStatement node:
                foreach (var target in node.Targets)
                    VisitTarget(target);
                break;
            case AssertStatement node:
                Visit(node.Condition);
                VisitOptional(node.Message);
                break;
            case ImportStatement node:
                foreach (var alias in node.Names)
                    Bind(alias.Alias ?? alias.Name.Split('.')[0]);
                break;
            case ImportFromStatement node:
                VisitImportFrom(node);
                break;
            default:
                VisitCompound(statement);
                break;
        }
    }

    private void VisitImportFrom(ImportFromStatement node)
    {
        foreach (var alias in node.Names)
        {
            if (alias.Name != "*")
                Bind(alias.Alias ?? alias.Name);
            else if (_scope.Kind != ScopeKind.Module)
                throw Error(node, "import * only allowed at module level");
        }
    }

    private void VisitGlobal(GlobalStatement node)
    {
        foreach (var name in node.Names)
        {
            var word = node.IsNonlocal ? "nonlocal" : "global";
            if (node.IsNonlocal && _scope.Kind == ScopeKind.Module)
                throw Error(node, "nonlocal declaration not allowed at module level");
            if (_scope.Parameters.Contains(name))
                throw Error(node, $"name '{name}' is parameter and {word}");
            if (_scope.Bound.Contains(name) && _scope.Kind != ScopeKind.Module)
                throw Error(node, $"name '{name}' is assigned to before {word} declaration");
            if (_scope.Used.Contains(name) && _scope.Kind != ScopeKind.Module)
                throw Error(node, $"name '{name}' is used prior to {word} declaration");
            _declarations[(_scope, name)] = node;
            (node.IsNonlocal ? _scope.Nonlocals : _scope.Globals).Add(name);
        }
    }

    private void VisitCompound(Statement statement)
    {
        switch (statement)
        {
            case IfStatement node:
                foreach (var branch in node.Branches)
                {
                    Visit(branch.Condition);
                    VisitBlock(branch.Body);
                }

                VisitBlock(node.Otherwise);
                break;
            case WhileStatement node:
                Visit(node.Condition);
                VisitLoop(node.Body, node.Otherwise);
                break;
            case ForStatement node:
                if (node.IsAsync && !_scope.IsAsync)
                    throw Error(node, "'async for' outside async function");
                Visit(node.Iterable);
                VisitTarget(node.Target);
                VisitLoop(node.Body, node.Otherwise);
                break;
            case TryStatement node:
                VisitBlock(node.Body);
                foreach (var handler in node.Handlers)
                {
                    VisitOptional(handler.Type);
                    if (handler.Name is not null)
                        Bind(handler.Name);
                    VisitBlock(handler.Body);
                }

                VisitBlock(node.Otherwise);
                VisitBlock(node.Final);
                break;
            case WithStatement node:
                if (node.IsAsync && !_scope.IsAsync)
                    throw Error(node, "'async with' outside async function");
                foreach (var item in node.Items)
                {
                    Visit(item.Manager);
                    if (item.Target is not null)
                        VisitTarget(item.Target);
                }

                VisitBlock(node.Body);
                break;
            case FunctionStatement node:
                VisitFunction(node);
                break;
            case ClassStatement node:
                VisitClass(node);
                break;
            case MatchStatement node:
                Visit(node.Subject);
                foreach (var matchCase in node.Cases)
                {
                    VisitPattern(matchCase.Pattern);
                    VisitOptional(matchCase.Guard);
                    VisitBlock(matchCase.Body);
                }

                break;
        }
    }

    private void VisitLoop(IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise)
    {
        _loops++;
        VisitBlock(body);
        _loops--;
        VisitBlock(otherwise);
    }

    private void VisitFunction(FunctionStatement node)
    {
        foreach (var decorator in node.Decorators)
            Visit(decorator);
        VisitDefaults(node.Parameters);
        if (!_lazyAnnotations)
        {
            foreach (var parameter in node.Parameters)
                VisitOptional(parameter.Annotation);
            VisitOptional(node.Returns);
        }

        Bind(node.Variable);
        var scope = new Scope(ScopeKind.Function, _scope, node.Name) { IsAsync = node.IsAsync, IsTypeScope = node.IsTypeScope };
        Within(node, scope, () =>
        {
            BindParameters(node.Parameters);
            VisitBlock(node.Body);
        });
    }

    private void VisitDefaults(IReadOnlyList<ParameterNode> parameters)
    {
        foreach (var parameter in parameters)
            VisitOptional(parameter.Default);
    }

    private void BindParameters(IReadOnlyList<ParameterNode> parameters)
    {
        foreach (var parameter in parameters)
        {
            _scope.Parameters.Add(parameter.Name);
            _scope.SlotOf(parameter.Name);
            Bind(parameter.Name);
        }
    }

    private void VisitClass(ClassStatement node)
    {
        foreach (var decorator in node.Decorators)
            Visit(decorator);
        foreach (var argument in node.Arguments)
            Visit(argument.Value);
        Bind(node.Variable);
        Within(node, new Scope(ScopeKind.Class, _scope, node.Name), () => VisitBlock(node.Body));
    }
}
