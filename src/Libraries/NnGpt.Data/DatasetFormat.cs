namespace NnGpt.Data;

/// <summary>File layout of a data set.</summary>
internal enum DatasetFormat
{
    /// <summary>Four idx files (images idx3, labels idx1), plain or .gz.</summary>
    Idx,

    /// <summary>Five training batches and a test batch; a record is label, red, green, blue.</summary>
    Cifar10,

    /// <summary>train.bin and test.bin; a record is coarse label, fine label, red, green, blue.</summary>
    Cifar100,
}
