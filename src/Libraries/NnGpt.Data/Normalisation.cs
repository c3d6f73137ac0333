namespace NnGpt.Data;

/// <summary>Mean and standard deviation of each channel, on pixels scaled to 0..1: x = (pixel / 255 - mean) / std.</summary>
public sealed class Normalisation
{
    private readonly float[] _table; // value of each pixel byte, channel after channel

    /// <param name="mean">Mean of each channel, 0..1.</param>
    /// <param name="std">Standard deviation of each channel, above 0.</param>
    public Normalisation(IReadOnlyList<double> mean, IReadOnlyList<double> std)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(std.Count, mean.Count);
        Mean = mean;
        Std = std;
        _table = new float[256 * mean.Count];
        for (int channel = 0; channel < mean.Count; channel++)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(std[channel], nameof(std));
            for (int pixel = 0; pixel < 256; pixel++)
            {
                _table[256 * channel + pixel] = (float)((pixel / 255.0 - mean[channel]) / std[channel]);
            }
        }
    }

    /// <summary>Mean of each channel.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>Standard deviation of each channel.</summary>
    public IReadOnlyList<double> Std { get; }

    /// <summary>Measures the images of a subset: population figures from exact integer sums. An even colour gets std 1.</summary>
    public static Normalisation Measure(ImageSubset subset)
    {
        int channels = subset.Dataset.Channels, size = subset.Dataset.ImageSize, area = size / channels;
        double[] mean = new double[channels], std = new double[channels];
        double pixels = Math.Max(1, (double)subset.Count * area);
        for (int channel = 0; channel < channels; channel++)
        {
            long sum = 0, squares = 0;
            foreach (int index in subset.Indices)
            {
                foreach (byte pixel in subset.Source.Images.AsSpan(index * size + channel * area, area))
                {
                    sum += pixel;
                    squares += pixel * pixel;
                }
            }
            mean[channel] = sum / pixels / 255;
            double variance = squares / pixels / (255.0 * 255.0) - mean[channel] * mean[channel];
            std[channel] = variance > 1e-12 ? Math.Sqrt(variance) : 1;
        }
        return new Normalisation(mean, std);
    }

    /// <summary>Converts the pixels of one image.</summary>
    /// <param name="pixels">(channels, height, width).</param>
    /// <param name="values">Target of the same length.</param>
    public void Apply(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        int area = pixels.Length / Mean.Count;
        for (int channel = 0, at = 0; channel < Mean.Count; channel++)
        {
            var table = _table.AsSpan(256 * channel, 256);
            for (int end = at + area; at < end; at++)
            {
                values[at] = table[pixels[at]];
            }
        }
    }
}
