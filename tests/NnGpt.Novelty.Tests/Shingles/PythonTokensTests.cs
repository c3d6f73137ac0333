using System.Diagnostics;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Novelty.Tests.Shingles;

public sealed class PythonTokensTests
{
    private const string Source = """"
        import torch.nn as nn  # layers
        class Net(nn.Module):
            """Docs, with # no comment."""
            def __init__(self, in_shape: tuple, out_shape, prm, device) -> None:
                super().__init__()
                self.a = nn.Conv2d(in_shape[1], 1_6, 3, padding=1)
                if (n := 0x1F) >= 1e-5 and n != .5e+3 or n <= 2j:
                    n **= 2; n //= 3; n -=-1
                self.s = f'{n!r}' + rb"\"x" + 'it\'s' \
                    + '''two
        lines'''

            def forward(self, x, *args, **kwargs):
                return x @ x.T if x is not None else ...
        """";

    [Fact]
    public void Read_EveryKindOfToken_SplitsAsPythonDoes()
    {
        Assert.Equal(
            ["x", "**=", "0x1F", "+", "1e-5", "-", "1", "if", "r'a#b'", "else", "...", "->", ":="],
            PythonTokens.Read("x **= 0x1F+1e-5-1 if r'a#b' else ... -> := # end"));
    }

    [Fact]
    public void Read_LayoutAndComments_ChangeNothing()
    {
        Assert.Equal(
            PythonTokens.Read("def f(a,b):\n    return a+b\n"),
            PythonTokens.Read("def f( a, b ):  # sum\n\n\t# of two\n\treturn (a + b)\n".Replace("(a + b)", "a + b")));
    }

    [Theory]
    [InlineData("x = 'open\ny", new[] { "x", "=", "'open", "y" })]
    [InlineData("x = '''open\ny", new[] { "x", "=", "'''open\ny" })]
    [InlineData("a ? b $ é", new[] { "a", "?", "b", "$", "é" })]
    [InlineData("'\\", new[] { "'\\" })]
    [InlineData("", new string[0])]
    public void Read_TextThatIsNoPython_StillGivesTokens(string text, string[] expected) =>
        Assert.Equal(expected, PythonTokens.Read(text));

    [Fact]
    public async Task Read_ValidSource_EqualsPythonsTokenize()
    {
        const string Python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Python), "Debian's python3 is not installed");
        string script = "import sys, tokenize, io\n"
            + "skip = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}\n"
            + "sys.stdout.write('\\0'.join(t.string for t in tokenize.generate_tokens(io.StringIO(sys.stdin.read()).readline) if t.type not in skip))\n";
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteAsync(Source);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);

        Assert.Equal(output.Split('\0'), PythonTokens.Read(Source));
    }
}
