namespace NnGpt.Corpus.Sampling.Families;

/// <summary>A recurrent network that reads the image, or the maps of a small stem, row by row.</summary>
internal sealed class RecurrentFamily : IArchitectureFamily
{
    public string Name => "recurrent";

    public void Write(Draft draft, Taste taste)
    {
        RandomSource random = taste.Random;
        string cell = random.Weighted(("GRU", 50), ("LSTM", 35), ("RNN", 15));
        int hidden = random.Pick(16, 24, 32, 48, 64);
        bool both = random.Chance(0.3);
        int layers = random.Weighted((1, 75), (2, 25));
        string options = ", batch_first=True" + (both ? ", bidirectional=True" : "") + (layers == 2 ? ", num_layers=2" : "");
        int features = both ? hidden * 2 : hidden;
        string name = taste.Vary("rnn", cell.ToLowerInvariant());
        switch (random.Below(3))
        {
            case 0:
                draft.Init($"self.{name} = nn.{cell}(in_shape[1] * in_shape[3], {hidden}{options})");
                draft.Forward("x = x.transpose(1, 2).flatten(2)");
                break;
            case 1:
                int width = random.Pick(4, 8, 16);
                draft.Init(
                    $"self.conv = {taste.Conv("in_shape[1]", width, 3, normalized: false)}",
                    $"self.{name} = nn.{cell}({width} * (in_shape[3] // 2), {hidden}{options})");
                draft.Forward(
                    $"x = F.max_pool2d({taste.Activation.Call("self.conv(x)")}, 2)",
                    random.Pick("x = x.transpose(1, 2).flatten(2)", "x = x.permute(0, 2, 1, 3).flatten(2)"));
                break;
            default:
                int dim = random.Pick(16, 32, 48);
                int patch = random.Pick(4, 7);
                draft.Init(
                    $"self.embed = nn.Conv2d(in_shape[1], {dim}, {patch}, stride={patch})",
                    $"self.{name} = nn.{cell}({dim}, {hidden}{options})");
                draft.Forward("x = self.embed(x).flatten(2).transpose(1, 2)");
                break;
        }

        draft.Forward($"x, _ = self.{name}(x)");
        string last = random.Weighted(("x[:, -1]", 60), ("x.mean(1)", 40));
        if (taste.Dropout.Length > 0)
        {
            draft.Init($"self.dropout = nn.Dropout({taste.Dropout})");
            last = $"self.dropout({last})";
        }

        if (random.Chance(0.3))
        {
            int middle = random.Pick(16, 32, 64);
            draft.Init($"self.fc1 = nn.Linear({features}, {middle})", $"self.fc2 = nn.Linear({middle}, out_shape[0])");
            draft.Forward($"x = {taste.Activation.Call($"self.fc1({last})")}", "return self.fc2(x)");
            return;
        }

        string head = taste.Vary("fc", "head");
        draft.Init($"self.{head} = nn.Linear({features}, out_shape[0])");
        draft.Forward($"return self.{head}({last})");
    }
}
