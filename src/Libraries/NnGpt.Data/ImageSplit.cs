namespace NnGpt.Data;

/// <summary>Images and labels of one official split, as bytes.</summary>
public sealed class ImageSplit
{
    /// <param name="images">Pixels 0..255, image after image, each (channels, height, width), rows top to bottom.</param>
    /// <param name="labels">Class of each image, from 0.</param>
    public ImageSplit(byte[] images, byte[] labels)
    {
        Images = images;
        Labels = labels;
    }

    /// <summary>Pixels 0..255, shape (Count, channels, height, width).</summary>
    public byte[] Images { get; }

    /// <summary>Classes, shape (Count).</summary>
    public byte[] Labels { get; }

    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;
}
