using NnGpt.Python.Lexing;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>
/// Type parameters (PEP 695). <c>def f[T](x): ...</c> becomes a function around the def whose variables are the type
/// parameters: its call gives f.
/// </summary>
internal sealed partial class Parser
{
    private const string TypeScope = ".types";
    private const string TypeScopeResult = ".result";

    private List<TypeParameterExpression> ParseTypeParameters()
    {
        var found = new List<TypeParameterExpression>();
        if (!Accept("["))
            return found;
        while (!At("]"))
        {
            var token = Current;
            var kind = Accept("**") ? "ParamSpec" : Accept("*") ? "TypeVarTuple" : "TypeVar";
            var name = Mangle(ExpectName());
            if (found.Any(f => f.Name == name))
                throw ErrorAt(token, $"duplicate type parameter '{name}'");
            Expression? bound = null;
            if (At(":"))
            {
                if (kind != "TypeVar")
                    throw ErrorAt(Current, $"cannot use bound with {kind}");
                Advance();
                bound = Deferred(ParseExpression());
            }

            found.Add(new TypeParameterExpression(name, kind, bound) { Line = token.Line, Column = token.Column });
            if (!Accept(","))
                break;
        }

        if (found.Count == 0)
            throw ErrorAt(Current, "Type parameter list cannot be empty");
        return Accept("]") ? found : throw Invalid();
    }

    private Statement ParseTypeAlias(List<Statement> before)
    {
        var token = Advance();
        var name = Mangle(ExpectName());
        var types = ParseTypeParameters();
        if (!Accept("="))
            throw Invalid();
        var value = Deferred(ParseExpression());
        return WithTypeParameters(types, name, [], token, before, (variable, _) => new AssignStatement(
            [new NameExpression(variable) { Line = token.Line }],
            new TypeAliasExpression(name, [.. types.Select(t => t.Name)], value) { Line = token.Line, Column = token.Column })
        {
            Line = token.Line,
            Column = token.Column,
        });
    }

    private static LambdaExpression Deferred(Expression value) => new([], value) { Line = value.Line, Column = value.Column };

    /// <summary>The statement itself, or, when it has type parameters, the statements that define it inside their scope.</summary>
    private static Statement WithTypeParameters(
        List<TypeParameterExpression> types, string name, List<Expression> decorators, Token token, List<Statement> before,
        Func<string, List<Expression>, Statement> make)
    {
        if (types.Count == 0)
            return make(name, decorators);
        NameExpression Name(string id) => new(id) { Line = token.Line, Column = token.Column };
        AssignStatement Assign(Expression target, Expression value) => new([target], value) { Line = token.Line, Column = token.Column };
        var body = new List<Statement>();
        body.AddRange(types.Select(t => Assign(Name(t.Name), t)));
        body.Add(make(TypeScopeResult, []));
        var parameters = new SequenceExpression(SequenceKind.Tuple, [.. types.Select(t => (Expression)Name(t.Name))]);
        if (body[^1] is not AssignStatement)
            body.Add(Assign(AttributeExpression.Create(Name(TypeScopeResult), "__type_params__", token.Line, token.Column), parameters));
        body.Add(new ReturnStatement(Name(TypeScopeResult)) { Line = token.Line });
        before.Add(new FunctionStatement(TypeScope, [], null, [], body) { Line = token.Line, Column = token.Column, IsTypeScope = true });
        Expression value = CallExpression.Create(Name(TypeScope), [], token.Line, token.Column);
        for (var i = decorators.Count - 1; i >= 0; i--)
            value = CallExpression.Create(decorators[i], [new Argument(value, false, false, null)], decorators[i].Line, decorators[i].Column);
        before.Add(Assign(Name(name), value));
        return new DeleteStatement([Name(TypeScope)]) { Line = token.Line, Column = token.Column };
    }
}
