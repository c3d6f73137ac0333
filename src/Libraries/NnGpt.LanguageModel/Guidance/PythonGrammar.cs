namespace NnGpt.LanguageModel.Guidance;

/// <summary>
/// Python's grammar in a form that one token of look-ahead decides, after the language reference of Python 3.12. Wider than Python where
/// that needs more: what may be assigned to and the order of arguments are not decided here. Left out: match, type aliases and
/// parenthesised with items, which need more look-ahead.
/// </summary>
internal static class PythonGrammar
{
    public const string Start = "file";

    public const string Rules = """
        file: (NEWLINE | statement)* END
        statement: simple_line | if | while | for | try | with | function | class | decorated | async
        simple_line: simple (';' simple)* [';'] NEWLINE
        simple: expression | 'del' targets | 'pass' | 'break' | 'continue' | 'return' [tests] | 'raise' [test ['from' test]] | yield
              | import | from | 'global' NAME (',' NAME)* | 'nonlocal' NAME (',' NAME)* | 'assert' test [',' test]
        yield: 'yield' ['from' test | tests]
        value: yield | tests
        expression: tests (':' test ['=' value] | augment value | ('=' value)*)
        augment: '+=' | '-=' | '*=' | '/=' | '//=' | '%=' | '@=' | '&=' | '|=' | '^=' | '>>=' | '<<=' | '**='
        import: 'import' path ['as' NAME] (',' path ['as' NAME])*
        from: 'from' (('.' | '...')* path | ('.' | '...')+) 'import' ('*' | '(' names ')' | plain_names)
        names: NAME ['as' NAME] (',' NAME ['as' NAME])* [',']
        plain_names: NAME ['as' NAME] (',' NAME ['as' NAME])*
        path: NAME ('.' NAME)*
        block: simple_line | NEWLINE INDENT statement+ DEDENT
        if: 'if' named ':' block ('elif' named ':' block)* ['else' ':' block]
        while: 'while' named ':' block ['else' ':' block]
        for: 'for' targets 'in' tests ':' block ['else' ':' block]
        try: 'try' ':' block (except+ ['else' ':' block] ['finally' ':' block] | 'finally' ':' block)
        except: 'except' ['*'] [test ['as' NAME]] ':' block
        with: 'with' test ['as' bitor] (',' test ['as' bitor])* ':' block
        function: 'def' NAME '(' [parameters] ')' ['->' test] ':' block
        parameters: parameter (',' parameter)* [',']
        parameter: NAME [':' test] ['=' test] | '*' [NAME [':' star_test]] | '**' NAME [':' test] | '/'
        class: 'class' NAME ['(' [arguments] ')'] ':' block
        decorated: ('@' named NEWLINE)+ (class | function | async)
        async: 'async' (function | with | for)
        named: test [':=' test]
        test: or ['if' or 'else' test] | lambda
        lambda: 'lambda' [bare_parameters] ':' test
        bare_parameters: bare_parameter (',' bare_parameter)* [',']
        bare_parameter: NAME ['=' test] | '*' [NAME] | '**' NAME | '/'
        or: and ('or' and)*
        and: not ('and' not)*
        not: 'not' not | comparison
        comparison: bitor (compare bitor)*
        compare: '<' | '>' | '==' | '>=' | '<=' | '!=' | 'in' | 'not' 'in' | 'is' ['not']
        star: '*' bitor
        star_test: star | test
        bitor: bitxor ('|' bitxor)*
        bitxor: bitand ('^' bitand)*
        bitand: shift ('&' shift)*
        shift: sum (('<<' | '>>') sum)*
        sum: product (('+' | '-') product)*
        product: factor (('*' | '@' | '/' | '%' | '//') factor)*
        factor: ('+' | '-' | '~') factor | power
        power: ['await'] atom trailer* ['**' factor]
        atom: '(' [yield | collected] ')' | '[' [collected] ']' | '{' [braced] '}' | NAME | NUMBER | STRING+ | '...' | 'None' | 'True' | 'False'
        collected: (named | star) (comprehension | (',' (named | star))* [','])
        braced: (named | star) (':' test (comprehension | (',' pair)* [',']) | comprehension | (',' (named | star))* [','])
              | '**' bitor (',' pair)* [',']
        pair: test ':' test | '**' bitor
        trailer: '(' [arguments] ')' | '[' subscripts ']' | '.' NAME
        subscripts: subscript (',' subscript)* [',']
        subscript: named [slice] | slice | star
        slice: ':' [test] [':' [test]]
        arguments: argument (',' argument)* [',']
        argument: test [comprehension | ':=' test | '=' test] | '**' test | '*' test
        targets: (bitor | star) (',' (bitor | star))* [',']
        tests: (test | star) (',' (test | star))* [',']
        comprehension: ['async'] 'for' targets 'in' or (comprehension | condition)?
        condition: 'if' condition_test (comprehension | condition)?
        condition_test: or | lambda
        """;
}
