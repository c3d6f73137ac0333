using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>A stable merge sort that asks only <c>&lt;</c>, as Python's does, and survives inconsistent comparisons.</summary>
internal static class Sorting
{
    public static List<object> Sort(List<object> items, object key, bool reverse)
    {
        var entries = items.Select(i => (Key: key is PyNone ? i : Py.Call(key, i), Value: i)).ToArray();
        if (reverse)
            Array.Reverse(entries);
        MergeSort(entries);
        if (reverse)
            Array.Reverse(entries);
        return [.. entries.Select(e => e.Value)];
    }

    private static void MergeSort((object Key, object Value)[] entries)
    {
        var buffer = new (object Key, object Value)[entries.Length];
        for (var width = 1; width < entries.Length; width *= 2)
        {
            for (var low = 0; low + width < entries.Length; low += 2 * width)
                Merge(entries, buffer, low, low + width, Math.Min(low + 2 * width, entries.Length));
        }
    }

    private static void Merge((object Key, object Value)[] entries, (object Key, object Value)[] buffer, int low, int middle, int high)
    {
        Array.Copy(entries, low, buffer, low, high - low);
        var (left, right) = (low, middle);
        for (var i = low; i < high; i++)
        {
            RunState.CurrentOrNull?.Step();
            if (left < middle && (right >= high || !Py.Truth(Py.Compare(CompareOperator.Less, buffer[right].Key, buffer[left].Key))))
                entries[i] = buffer[left++];
            else
                entries[i] = buffer[right++];
        }
    }
}
