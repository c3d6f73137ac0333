using System.Runtime.CompilerServices;
using NnGpt.Candidates.Tensors;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tests;

/// <summary>Native memory goes when nothing refers to a tensor any more, and not before.</summary>
public sealed class TensorRegistryTests
{
    [Fact]
    public void Sweep_TensorOnItsWayIntoAnOperator_KeepsIt()
    {
        using var registry = new TensorRegistry();
        var argument = Ones(registry);
        registry.Sweep();
        Assert.False(argument.AsTensor!.IsDisposed);
        using var sum = Operators.Get("sum").Call(argument);
        Assert.Equal(3, sum.Item<float>());
    }

    [Fact]
    public void Sweep_TensorThatNothingRefersTo_FreesIt()
    {
        using var registry = new TensorRegistry();
        for (var i = 0; i < 10; i++)
            Ones(registry);
        GC.Collect(); // collections of other tests may have made the objects old, and a sweep looks at the young ones
        registry.Sweep();
        Assert.InRange(registry.Count, 0, 1);
    }

    [Fact]
    public void BeforeBackward_LittleToFree_CollectsNothing()
    {
        using var registry = new TensorRegistry();
        for (var i = 0; i < 10; i++)
            Ones(registry);
        GC.Collect();
        registry.BeforeBackward();
        Assert.Equal(10, registry.Count);
    }

    [Fact]
    public void BeforeBackward_MuchToFree_FreesWhatNothingRefersTo()
    {
        using var registry = new TensorRegistry();
        for (var i = 0; i < 10; i++)
            Ones(registry, 1 << 20);
        GC.Collect();
        registry.BeforeBackward();
        Assert.InRange(registry.Count, 0, 1);
    }

    // Not inlined, so that no local of a test keeps the object.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Argument Ones(TensorRegistry registry, long count = 3) =>
        registry.Add(new TensorObject(Tensor.Ones([count]), TensorClass.Type));
}
