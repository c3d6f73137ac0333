namespace NnGpt.Torch.Tests;

public sealed class TensorScopeTests
{
    [Fact]
    public void Dispose_FreesWhatWasNotMovedOut()
    {
        Tensor inner;
        Tensor moved;
        using (var scope = new TensorScope())
        {
            inner = Tensor.Ones([3]);
            moved = scope.MoveOut(inner + 1);
            Assert.Equal(1, scope.Count);
        }
        Assert.True(inner.IsDisposed);
        Assert.Equal([2f, 2f, 2f], moved.ToArray<float>());
        Assert.Throws<ObjectDisposedException>(() => inner.Shape);
        moved.Dispose();
    }

    [Fact]
    public void MoveOut_GoesToTheEnclosingScope()
    {
        using var outer = new TensorScope();
        Tensor moved;
        using (var inner = new TensorScope())
        {
            moved = inner.MoveOut(Tensor.Ones([1]));
        }
        Assert.False(moved.IsDisposed);
        Assert.Equal(1, outer.Count);
    }

    [Fact]
    public void Dispose_OfTheOuterScopeFirst_Throws()
    {
        using var outer = new TensorScope();
        using var inner = new TensorScope();
        Assert.Throws<InvalidOperationException>(outer.Dispose);
    }

    [Fact]
    public void TrainingLoop_InScopes_LeaksNothing()
    {
        using var outer = new TensorScope();
        Tensor weight = Tensor.Ones([64, 64]);
        weight.RequiresGrad = true;
        for (int step = 0; step < 50; step++)
        {
            using var scope = new TensorScope();
            Tensor loss = Tensor.Ones([8, 64]).Linear(weight).Relu().Sum();
            loss.Backward();
            weight.Grad = null;
        }
        Assert.Equal(1, outer.Count);
    }
}
