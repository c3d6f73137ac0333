namespace NnGpt.Torch.Tests;

public sealed class OperatorTests
{
    [Fact]
    public void Overloads_OfEveryOperator_Parse()
    {
        int count = Operators.Names.Where(name => name.StartsWith("aten::", StringComparison.Ordinal)).Sum(name => Operators.Overloads(name).Count);
        Assert.True(count > 2500, $"{count} overloads");
    }

    [Fact]
    public void Schema_OfSum_HasNamesTypesAndDefaults()
    {
        OperatorSchema schema = Operators.Get("sum", "dim_IntList").Schema;
        Assert.Equal(["self", "dim", "keepdim", "dtype"], schema.Arguments.Select(argument => argument.Name));
        Assert.Equal(new ArgumentType(ArgumentKind.Int, IsList: true, ListSize: 1, IsOptional: true, ElementIsOptional: false, "int[1]?"), schema.Arguments[1].Type);
        Assert.Equal(false, schema.Arguments[2].Default);
        Assert.True(schema.Arguments[3].IsKeywordOnly);
        Assert.Single(schema.Returns);
    }

    [Theory]
    [InlineData("conv2d", new object?[] { 1.0 }, TorchErrorKind.TypeError, "conv2d() received an invalid combination of arguments - got (float), but expected one of:\n")]
    [InlineData("relu", new object?[] { "a" }, TorchErrorKind.TypeError, "relu(): argument 'input' (position 1) must be Tensor, not str")]
    [InlineData("relu", new object?[] { 1.0, 2.0 }, TorchErrorKind.TypeError, "relu() takes 1 positional argument but 2 were given")]
    [InlineData("rand", new object?[] { 2.0 }, TorchErrorKind.TypeError, "rand(): argument 'size' (position 1) must be tuple of ints, not float")]
    [InlineData("no_such_operator", new object?[] { 2.0 }, TorchErrorKind.AttributeError, "module 'torch' has no attribute 'no_such_operator'")]
    public void Call_WithWrongArguments_FailsAsPyTorch(string name, object?[] positional, TorchErrorKind kind, string message)
    {
        TorchException exception = Assert.Throws<TorchException>(() => Operators.Call(name, positional));
        Assert.Equal(kind, exception.Kind);
        Assert.StartsWith(message, exception.Message);
    }

    [Fact]
    public void Call_WithShapesThatDoNotFit_IsRuntimeErrorWithoutBacktrace()
    {
        using var scope = new TensorScope();
        TorchException exception = Assert.Throws<TorchException>(() => Operators.Call("matmul", [Tensor.Ones([2, 3]), Tensor.Ones([2, 3])]));
        Assert.Equal(TorchErrorKind.RuntimeError, exception.Kind);
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", exception.Message);
    }

    [Fact]
    public void Call_WithDimensionOutOfRange_IsIndexError()
    {
        using var scope = new TensorScope();
        TorchException exception = Assert.Throws<TorchException>(() => Operators.Call("sum", [Tensor.Ones([2, 3]), 5L]));
        Assert.Equal(TorchErrorKind.IndexError, exception.Kind);
        Assert.Equal("Dimension out of range (expected to be in range of [-2, 1], but got 5)", exception.Message);
    }

    [Fact]
    public void Call_AsMethodWithSpreadSizes_Works()
    {
        using var scope = new TensorScope();
        var viewed = (Tensor)Operators.Call("view", [Tensor.Ones([2, 3]), 3L, -1L], style: CallStyle.Method)!;
        Assert.Equal([3L, 2L], viewed.Shape);
        var summed = (Tensor)Operators.Call("sum", [viewed, 0L], new Dictionary<string, object?> { ["keepdim"] = true }, CallStyle.Method)!;
        Assert.Equal([1L, 2L], summed.Shape);
    }

    [Fact]
    public void Call_InPlace_ReturnsTheSameObject()
    {
        using var scope = new TensorScope();
        Tensor tensor = Tensor.Ones([2]);
        Assert.Same(tensor, Operators.Call("add_", [tensor, 1L], style: CallStyle.Method));
        Assert.Equal([2f, 2f], tensor.ToArray<float>());
    }

    [Fact]
    public void Call_WithNumbersWhereTensorsStand_PromotesAsPyTorch()
    {
        using var scope = new TensorScope();
        Tensor ints = Tensor.FromArray([1L, 2L]);
        Assert.Equal(Dtype.Int64, ((Tensor)Operators.Call("mul", [ints, 2L])!).Dtype);
        Assert.Equal(Dtype.Float32, ((Tensor)Operators.Call("mul", [ints, 2.0])!).Dtype);
        Assert.Equal(Dtype.Float32, ((Tensor)Operators.Call("add", [2.5, ints])!).Dtype);
    }

    [Fact]
    public void Call_OfFactoryWithKeywords_SetsDtypeAndRequiresGrad()
    {
        using var scope = new TensorScope();
        var tensor = (Tensor)Operators.Call("zeros", [2L, 3L], new Dictionary<string, object?> { ["dtype"] = Dtype.Float64, ["requires_grad"] = true, ["device"] = "cpu" })!;
        Assert.Equal(Dtype.Float64, tensor.Dtype);
        Assert.True(tensor.RequiresGrad);
        Assert.Equal([2L, 3L], tensor.Shape);
    }

    [Fact]
    public void Call_WithOut_WritesToIt()
    {
        using var scope = new TensorScope();
        Tensor target = Tensor.Zeros([2]);
        Assert.Same(target, Operators.Call("add", [Tensor.Ones([2]), 1L], new Dictionary<string, object?> { ["out"] = target }));
        Assert.Equal([2f, 2f], target.ToArray<float>());
    }
}
