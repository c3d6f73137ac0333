using System.Globalization;
using System.Text;

namespace NnGpt.Reporting;

/// <summary>A figure's numbers: series,x,y,low,high.</summary>
public static class FigureCsv
{
    /// <summary>RFC 4180, with a header line; numbers as they are, shares in 0..1.</summary>
    public static string Write(Figure figure)
    {
        var csv = new StringBuilder("series,x,y,low,high\n");
        foreach (var series in figure.Series)
        {
            foreach (var point in series.Points)
                csv.Append(CultureInfo.InvariantCulture, $"\"{series.Name}\",{point.X:R},{point.Y:R},{point.Low:R},{point.High:R}\n");
        }
        return csv.ToString();
    }
}
