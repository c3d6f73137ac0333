using Spectre.Console;
using Spectre.Console.Rendering;

namespace NnGpt.Cli.Rendering;

/// <summary>A line of source text as it is: not wrapped, no markup, no line end added.</summary>
internal sealed class SourceLine(string text, Color color) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => new(text.Length, text.Length);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(text, new Style(color))];
}
