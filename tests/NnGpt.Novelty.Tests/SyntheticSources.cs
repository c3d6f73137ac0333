namespace NnGpt.Novelty.Tests;

/// <summary>Pairs of token sequences with a wanted share of common shingles.</summary>
internal static class SyntheticSources
{
    /// <summary>A source of distinct tokens, and a copy with single tokens changed at even distances.</summary>
    public static (string Original, string Changed) Pair(int seed, int tokens, int changes)
    {
        string[] words = [.. Enumerable.Range(0, tokens).Select(i => $"w{seed}_{i}")];
        string original = string.Join(' ', words);
        for (int c = 0; c < changes; c++)
            words[(int)((c + 0.5) * tokens / changes)] += "_changed";
        return (original, string.Join(' ', words));
    }

    /// <summary>A source of a cluster: members differ from each other in the middle token alone, so J is 0.95 for 400 tokens.</summary>
    public static string Member(int cluster, int member, int tokens)
    {
        string[] words = [.. Enumerable.Range(0, tokens).Select(i => $"w{cluster}_{i}")];
        words[tokens / 2] += $"_{member}";
        return string.Join(' ', words);
    }

    /// <summary>A network as models write them, of a few sizes, layers and spellings.</summary>
    public static string Network(int seed)
    {
        var random = new Random(seed);
        int width = 8 * random.Next(1, 17);
        string dropout = random.Next(3) switch { 0 => "0.5", 1 => "1e-1", _ => "prm['dropout']" };
        return $$""""
            import torch
            import torch.nn as nn
            import torch.nn.functional as F


            def supported_hyperparameters():
                return {'lr', 'momentum', "dropout"}

            class Block(nn.Module):
                """Two convolutions
                    and what goes past them."""
                def __init__(self, in_channels: int, out_channels: int, stride=1) -> None:
                    super().__init__()  # {{(random.Next(2) == 0 ? "wie üblich" : "as usual")}}
                    self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size=3, stride=stride, padding=1, bias={{random.Next(2) == 0}})
                    self.bn1 = nn.BatchNorm2d(out_channels, eps=1e-{{random.Next(3, 8)}}, momentum=.1)

                def forward(self, x):
                    if x.shape[1:] != (3, 32, 32) and not self.training or x.size(-1) >= 2 ** 5:
                        x = x[:, ::-1, ..., :-1] * -1.
                    return x + F.relu(self.bn1(self.conv1(x)), inplace=True)

            class Net(nn.Module):
                def __init__(self, in_shape, out_shape, prm, device, *args, **kwargs):
                    super(Net, self).__init__()
                    layers = [Block({{width}} if i else in_shape[1], {{width}}, stride=1 + i % 2) for i in range({{random.Next(1, 9)}})]
                    self.features = nn.Sequential(*layers,
                                                  nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(),
                                                  nn.Dropout({{dropout}}))
                    self.classifier = nn.Linear({{width}}, out_shape[0])
                    assert len(layers) > 0x0, f'{width} "layers" {len(layers)!r}'

            """";
    }
}
