using NnGpt.Python;

namespace NnGpt.Candidates.Tests;

/// <summary>Nothing of one candidate reaches the next.</summary>
public sealed class StateTests
{
    private static readonly ValidationRequest s_request = new() { InShape = [2, 3, 8, 8] };

    private static ValidationReport Validate(string source) =>
        CandidateValidator.Validate(source, s_request, new CandidateLimits(), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("torch.set_default_dtype(torch.float64)")]
    [InlineData("torch.relu = None\nnn.Linear = None\nnn.functional.relu = None\nnn.init.zeros_ = None\ntorch.optim.SGD = None")]
    [InlineData("torch.set_grad_enabled(False)")]
    [InlineData("torch.manual_seed(99)")]
    [InlineData("torch.set_num_threads(2)")]
    [InlineData("torch.rand(1000)\nimport random\nrandom.seed(1)")]
    [InlineData("import sys\nsys.modules['torch'] = None\nsys.modules['math'] = None")]
    [InlineData("import torch.nn.functional as F\nF.relu = None\nF.cross_entropy = None\ntorch.flatten = None")]
    [InlineData("nn.Conv2d = nn.Linear\nnn.Sequential = nn.ModuleList\nnn.Module = object")]
    [InlineData("torch.autograd.set_grad_enabled(False).__enter__()\ntorch.no_grad().__enter__()")]
    [InlineData("torch.inference_mode().__enter__()")]
    [InlineData("torch.autocast('cpu', torch.bfloat16).__enter__()")]
    [InlineData("import collections\ncollections.OrderedDict = None\nimport copy\ncopy.deepcopy = None")]
    [InlineData("import math\nmath.pi = 3\nmath.sqrt = None")]
    public void Validate_AfterACandidateThatChangesTheWorld_SeesNothingOfIt(string change)
    {
        // On one thread, as in a worker: modes of libtorch belong to a thread.
        var (expected, after) = LargeStackThread.Run(() =>
        {
            var before = Validate(Candidate.With());
            Validate(Candidate.With(init: $"{change}\nself.fc = None"));
            return (before, Validate(Candidate.With()));
        });
        Assert.Null(after.Rejection);
        Assert.Equal(expected.OutputSum, after.OutputSum);
        Assert.Equal(expected.Losses, after.Losses);
    }

    [Theory]
    [InlineData("torch.Tensor.view = None")]
    [InlineData("nn.Module.__call__ = None")]
    [InlineData("nn.Linear.forward = lambda self, x: x")]
    public void Validate_PatchingANativeClass_IsATypeError(string change)
    {
        Assert.Equal(RejectionReason.Type, Validate(Candidate.With(init: change)).Rejection?.Reason);
        Assert.Null(Validate(Candidate.With()).Rejection);
    }
}
