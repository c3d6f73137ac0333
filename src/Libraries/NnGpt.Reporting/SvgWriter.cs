using System.Globalization;
using System.Net;
using System.Text;

namespace NnGpt.Reporting;

/// <summary>Draws figures as SVG: readable in print, in both colour schemes, and without its colours.</summary>
public static class SvgWriter
{
    private const double Width = 560;
    private const double Height = 330;
    private const double Left = 58;
    private const double Right = 16;
    private const double Top = 12;
    private const double Bottom = 44;
    private const double LegendLine = 18;
    private const double LegendItem = 180;
    private const int LegendColumns = 3;

    // Okabe and Ito's palette, and a dash and a mark for whom colours say nothing.
    private static readonly (string Colour, string Dash, string Mark)[] s_looks =
    [
        ("#0072b2", "", "M-3.4,0a3.4,3.4 0 1,0 6.8,0a3.4,3.4 0 1,0 -6.8,0z"),
        ("#d98200", "6 3", "M-3,-3h6v6h-6z"),
        ("#009e73", "2 3", "M0,-4l3.8,6.6h-7.6z"),
        ("#b5548a", "8 3 2 3", "M0,-4.2l4.2,4.2l-4.2,4.2l-4.2,-4.2z"),
        ("#d55e00", "4 2", "M-3.4,-1.2h2.2v-2.2h2.4v2.2h2.2v2.4h-2.2v2.2h-2.4v-2.2h-2.2z"),
        ("#56a8dc", "1 3", "M-2.6,0a2.6,2.6 0 1,0 5.2,0a2.6,2.6 0 1,0 -5.2,0z"),
        ("#5b6675", "10 4", "M-2.6,-2.6h5.2v5.2h-5.2z"),
    ];

    /// <summary>An svg element; as a file of its own when <paramref name="standalone"/>, with its own style.</summary>
    public static string Write(Figure figure, bool standalone)
    {
        var svg = new StringBuilder();
        var shown = figure.Series.Where(s => s.Points.Count > 0).ToList();
        double height = Height + (LegendLine * ((shown.Count + LegendColumns - 1) / LegendColumns));
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Text(figure.Title)}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">");
        if (standalone)
            Add(svg, $"<title>{Text(figure.Title)}</title><rect width=\"{Width}\" height=\"{height}\" fill=\"#ffffff\"/><g fill=\"#3a4350\">");
        else
            svg.Append("<g fill=\"currentColor\">");
        if (shown.Count == 0)
            Add(svg, $"<text x=\"{Width / 2}\" y=\"{Height / 2}\" text-anchor=\"middle\">Nothing to show</text>");
        else
            Draw(svg, figure, shown);
        return svg.Append("</g></svg>").ToString();
    }

    private static void Draw(StringBuilder svg, Figure figure, List<Series> shown)
    {
        var points = shown.SelectMany(s => s.Points).ToList();
        bool bars = shown.Any(s => s.Kind == SeriesKind.Bars);
        var x = new Axis(points.Min(p => p.X), points.Max(p => p.X), Left + (bars ? 30 : 8), Width - Right - (bars ? 30 : 8), figure.LogarithmicX);
        double low = figure.YRange?.Low ?? (figure.FromZero ? 0 : points.Min(p => Math.Min(p.Y, p.Low ?? p.Y)));
        double high = figure.YRange?.High ?? points.Max(p => Math.Max(p.Y, p.High ?? p.Y));
        double room = figure.YRange is null ? Math.Max(high - low, 1e-9) * 0.06 : 0;
        var y = new Axis(figure.FromZero ? low : low - room, high + room, Height - Bottom, Top, false);

        foreach (double tick in y.Ticks(5))
        {
            Add(svg, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y.At(tick):0.#}\" y2=\"{y.At(tick):0.#}\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/>");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{y.At(tick) + 4:0.#}\" text-anchor=\"end\">{Number(tick, figure.PercentY)}</text>");
        }
        foreach (double tick in x.Ticks(7).Where(t => figure.PercentX || figure.LogarithmicX || t == Math.Floor(t)))
            Add(svg, $"<text x=\"{x.At(tick):0.#}\" y=\"{Height - Bottom + 17}\" text-anchor=\"middle\">{Number(tick, figure.PercentX)}</text>");
        Add(svg, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\" stroke=\"currentColor\" stroke-opacity=\"0.6\"/>");
        Add(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Text(figure.XLabel)}</text>");
        Add(svg, $"<text transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Text(figure.YLabel)}</text>");
        for (int i = 0; i < shown.Count; i++)
        {
            Draw(svg, shown[i], x, y);
            Legend(svg, shown[i], i);
        }
    }

    private static void Draw(StringBuilder svg, Series series, Axis x, Axis y)
    {
        var (colour, dash, mark) = s_looks[series.Look % s_looks.Length];
        if (series.Kind == SeriesKind.Bars)
        {
            double width = Math.Clamp(((Width - Left - Right - 60) / series.Points.Count) - 6, 3, 30);
            foreach (var bar in series.Points)
            {
                double bottom = bar.Low is { } from ? y.At(from) : Height - Bottom;
                Add(svg, $"<rect x=\"{x.At(bar.X) - (width / 2):0.#}\" y=\"{y.At(bar.Y):0.#}\" width=\"{width:0.#}\" height=\"{Math.Max(0, bottom - y.At(bar.Y)):0.#}\" fill=\"{colour}\"/>");
            }
            return;
        }
        var band = series.Points.Where(p => p.Low is not null && p.High is not null).ToList();
        if (band.Count > 1)
        {
            string edge = Path(band.Select(p => (x.At(p.X), y.At(p.High!.Value))).Concat(band.AsEnumerable().Reverse().Select(p => (x.At(p.X), y.At(p.Low!.Value)))));
            Add(svg, $"<path d=\"{edge}z\" fill=\"{colour}\" fill-opacity=\"0.18\"/>");
        }
        if (series.Kind != SeriesKind.Points)
        {
            var line = series.Points.Select(p => (X: x.At(p.X), Y: y.At(p.Y))).ToList();
            var corners = series.Kind == SeriesKind.Step ? line.Zip(line.Skip(1)).SelectMany(pair => new[] { pair.First, (pair.Second.X, pair.First.Y) }).Append(line[^1]) : line;
            Add(svg, $"<path d=\"{Path(corners)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>");
        }
        if (series.Kind != SeriesKind.Step)
        {
            foreach (var point in series.Points)
                Add(svg, $"<path d=\"{mark}\" transform=\"translate({x.At(point.X):0.#} {y.At(point.Y):0.#})\" fill=\"{colour}\"/>");
        }
    }

    private static void Legend(StringBuilder svg, Series series, int index)
    {
        var (colour, dash, mark) = s_looks[series.Look % s_looks.Length];
        double left = Left + (LegendItem * (index % LegendColumns));
        double middle = Height + 6 + (LegendLine * (index / LegendColumns));
        if (series.Kind == SeriesKind.Bars)
            Add(svg, $"<rect x=\"{left + 4}\" y=\"{middle - 5}\" width=\"16\" height=\"10\" fill=\"{colour}\"/>");
        else if (series.Kind != SeriesKind.Points)
            Add(svg, $"<line x1=\"{left}\" x2=\"{left + 24}\" y1=\"{middle}\" y2=\"{middle}\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>");
        if (series.Kind is SeriesKind.Line or SeriesKind.Points)
            Add(svg, $"<path d=\"{mark}\" transform=\"translate({left + 12} {middle})\" fill=\"{colour}\"/>");
        Add(svg, $"<text x=\"{left + 30}\" y=\"{middle + 4}\">{Text(series.Name)}</text>");
    }

    private static string Path(IEnumerable<(double X, double Y)> points) =>
        "M" + string.Join('L', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")));

    private static string Number(double value, bool percent) =>
        percent ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#} %")
        : Math.Abs(value) >= 1e6 ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.#} M")
        : Math.Abs(value) >= 1e4 ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#} k")
        : string.Create(CultureInfo.InvariantCulture, $"{value:0.####}");

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static void Add(StringBuilder svg, FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));
}
