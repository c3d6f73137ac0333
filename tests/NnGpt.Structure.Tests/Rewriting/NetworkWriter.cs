using System.Text;

namespace NnGpt.Structure.Tests.Rewriting;

/// <summary>Writes a network as a candidate in a style: the rewriting tool. Two styles of one network compute the same.</summary>
internal sealed class NetworkWriter
{
    private readonly Style _style;
    private readonly List<string> _classes = [];
    private int _names;

    private NetworkWriter(Style style) => _style = style;

    public static string Write(IReadOnlyList<Layer> network, Style style) => new NetworkWriter(style).Write(network);

    private string Write(IReadOnlyList<Layer> network)
    {
        var scope = new Scope(this, 3, 32);
        scope.Add(network);
        scope.Flush();
        var text = new StringBuilder();
        if (_style.Comments)
            text.AppendLine("\"\"\"A network; written by hand, says this text.\"\"\"\n# imports");
        text.AppendLine("import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n");
        if (_style.DeadCode)
            text.AppendLine("LIMIT = 3 * 7\n\ndef never_called(a, b=2):\n    c = torch.zeros(b)\n    return a * c\n");
        if (_style.Helpers)
            text.AppendLine("def run(part, value):\n    return part(value)\n");
        text.AppendLine("def supported_hyperparameters():\n    return {'lr', 'momentum'}\n");
        foreach (string code in _classes)
            text.AppendLine(code);
        text.AppendLine("class Net(nn.Module):");
        text.AppendLine("    def __init__(self, in_shape, out_shape, prm, device):\n        super().__init__()\n        self.device = device");
        text.Append(scope.Init("        "));
        text.Append(scope.Forward("    "));
        text.AppendLine("""
                def train_setup(self, prm):
                    self.criterion = nn.CrossEntropyLoss()
                    self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'])

                def learn(self, train_data):
                    for inputs, labels in train_data:
                        self.optimizer.zero_grad()
                        loss = self.criterion(self(inputs), labels)
                        loss.backward()
                        self.optimizer.step()
            """);
        return text.ToString();
    }

    private string Name(string kind) => $"{_style.Prefix}_{kind}{_names++}";

    /// <summary>One class: its attributes, and its forward as statements that each turn the variable into its next value.</summary>
    private sealed class Scope(NetworkWriter writer, int channels, int size)
    {
        private readonly Style _style = writer._style;
        private readonly List<string> _attributes = [];
        private readonly List<string> _statements = [];
        private readonly List<string> _pending = [];
        private int _channels = channels;
        private int _size = size;

        // Stands for the variable, whose name depends on where the statement comes to stand.
        private const string V = "@";

        public void Add(IEnumerable<Layer> layers)
        {
            foreach (var layer in layers)
            {
                Add(layer);
                if (_style.Identities && layer is Norm or Pool)
                    Identity();
            }
        }

        public string Init(string indent)
        {
            var lines = _style.Reversed ? Enumerable.Reverse(_attributes) : _attributes;
            if (_style.DeadCode)
                lines = lines.Append("self.spare = nn.Linear(5, 7)");
            return string.Concat(lines.Select((line, i) => (_style.Comments && i % 2 == 0 ? $"{indent}# part {i}\n" : "") + $"{indent}{line}\n"));
        }

        public string Forward(string indent)
        {
            var text = new StringBuilder();
            var body = new List<string>(_statements);
            if (_style.Helpers && body.Count > 3)
            {
                // The middle of forward becomes a method.
                int half = body.Count / 2;
                text.Append($"\n{indent}def middle(self, value):\n");
                foreach (string statement in body.Skip(1).Take(half))
                    text.Append(Indent(statement.Replace(V, "value", StringComparison.Ordinal), indent + "    "));
                text.Append($"{indent}    return value\n");
                body.RemoveRange(1, half);
                body.Insert(1, $"{V} = self.middle({V})");
            }
            string v = _style.Variable;
            text.Append($"\n{indent}def forward(self, {v}):\n");
            if (_style.Comments)
                text.Append($"{indent}    \"\"\"From images to what they show.\"\"\"\n");
            if (_style.DeadCode)
                text.Append($"{indent}    waste = torch.sigmoid({v}).sum() * 3\n{indent}    if {v}.dim() > 9:\n{indent}        raise ValueError('no')\n");
            foreach (string statement in body)
                text.Append(_style.Comments ? $"{indent}    # next\n" : "").Append(Indent(statement.Replace(V, v, StringComparison.Ordinal), indent + "    "));
            return text.Append($"{indent}    return {v}\n\n").ToString();
        }

        /// <summary>Writes down the modules that wait to be put into one Sequential.</summary>
        public void Flush()
        {
            if (_pending.Count == 0)
                return;
            if (_style.Loop && _pending.Count > 1)
            {
                string list = writer.Name("list");
                _attributes.Add($"self.{list} = nn.ModuleList([{string.Join(", ", _pending)}])");
                _statements.Add($"for part in self.{list}:\n    {V} = part({V})");
            }
            else if (_style.Sequential > 1 && _pending.Count > 1)
            {
                foreach (string[] group in _pending.Chunk(_style.Sequential))
                    Call(writer.Name("seq"), $"nn.Sequential({string.Join(", ", group)})");
            }
            else
            {
                foreach (string module in _pending)
                    Call(writer.Name("part"), module);
            }
            _pending.Clear();
        }

        private void Call(string name, string module)
        {
            _attributes.Add($"self.{name} = {module}");
            _statements.Add(_style.Helpers ? $"{V} = run(self.{name}, {V})" : $"{V} = self.{name}({V})");
        }

        private void Statement(string statement)
        {
            Flush();
            _statements.Add(statement);
        }

        private void Add(Layer layer)
        {
            switch (layer)
            {
                case Conv conv:
                    _pending.Add(Module(conv, _channels));
                    _channels = conv.Width;
                    _size = (_size + 2 * conv.Padding - conv.Dilation * (conv.Kernel - 1) - 1) / conv.Stride + 1;
                    break;
                case Norm norm:
                    _pending.Add(norm.Kind switch
                    {
                        "batch" => _style.Keywords ? $"nn.BatchNorm2d(num_features={_channels}, eps=1e-05, momentum=0.1)" : $"nn.BatchNorm2d({_channels})",
                        "group" => _style.Keywords ? $"nn.GroupNorm(num_groups=4, num_channels={_channels}, affine=True)" : $"nn.GroupNorm(4, {_channels})",
                        _ => _style.Keywords ? $"nn.InstanceNorm2d({_channels}, affine=True, track_running_stats=False)" : $"nn.InstanceNorm2d({_channels}, affine=True)",
                    });
                    break;
                case Activation activation:
                    Activate(activation.Kind);
                    break;
                case Pool pool:
                    string op = pool.Kind == "max" ? "max_pool2d" : "avg_pool2d";
                    if (_style.Calls == "module")
                        _pending.Add($"nn.{(pool.Kind == "max" ? "MaxPool2d" : "AvgPool2d")}({(_style.Keywords ? "kernel_size=" : "")}{pool.Kernel}{(_style.Keywords || pool.Stride != pool.Kernel ? $", stride={pool.Stride}" : "")})");
                    else
                        Statement($"{V} = F.{op}({V}, {pool.Kernel}, {pool.Stride})");
                    _size = (_size - pool.Kernel) / pool.Stride + 1;
                    break;
                case Dropout dropout:
                    if (_style.Calls == "module")
                        _pending.Add($"nn.Dropout({dropout.Rate})");
                    else
                        Statement($"{V} = F.dropout({V}, {dropout.Rate}, training=self.training)");
                    break;
                case Residual residual:
                    Flush();
                    AddResidual(residual);
                    break;
                case Gate gate:
                    Flush();
                    AddGate(gate);
                    break;
                case Head head:
                    AddHead(head);
                    break;
            }
        }

        private void Identity() => Statement((writer._names % 3) switch
        {
            0 => $"{V} = {V}.contiguous()",
            1 => $"{V} = F.dropout({V}, 0.5, training=False)",
            _ => $"{V} = {V}.to(torch.float32)",
        });

        private string Module(Conv conv, int inputs) => _style.Keywords
            ? $"nn.Conv2d(in_channels={inputs}, out_channels={conv.Width}, kernel_size=({conv.Kernel}, {conv.Kernel}), stride=({conv.Stride}, {conv.Stride}), padding=({conv.Padding}, {conv.Padding}), dilation={conv.Dilation}, groups={conv.Groups}, bias={(conv.Bias ? "True" : "False")})"
            : $"nn.Conv2d({inputs}, {conv.Width}, {conv.Kernel}{(conv.Stride != 1 ? $", {conv.Stride}" : "")}{(conv.Padding != 0 ? conv.Stride == 1 && conv.Kernel % 2 == 1 && _style.Prefix.Length % 2 == 0 ? ", padding='same'" : $", padding={conv.Padding}" : "")}"
                + $"{(conv.Dilation != 1 ? $", dilation={conv.Dilation}" : "")}{(conv.Groups != 1 ? $", groups={conv.Groups}" : "")}{(conv.Bias ? "" : ", bias=False")})";

        private void Activate(string kind)
        {
            string inPlace = _style.InPlace && kind is not ("gelu" or "sigmoid" or "tanh") ? "inplace=True" : "";
            string module = kind switch
            {
                "relu" => $"nn.ReLU({inPlace})",
                "silu" => $"nn.SiLU({inPlace})",
                "gelu" => "nn.GELU()",
                "leaky_relu" => $"nn.LeakyReLU(0.1{(inPlace.Length > 0 ? ", " + inPlace : "")})",
                "relu6" => $"nn.ReLU6({inPlace})",
                "hardswish" => $"nn.Hardswish({inPlace})",
                "sigmoid" => "nn.Sigmoid()",
                _ => "nn.Tanh()",
            };
            if (_style.Calls == "module")
                _pending.Add(module);
            else
                Statement($"{V} = {Function(kind, inPlace)}");
        }

        private string Function(string kind, string inPlace)
        {
            string more = inPlace.Length > 0 ? $", {inPlace}" : "";
            return (kind, _style.Calls) switch
            {
                ("relu", "method") => inPlace.Length > 0 ? $"{V}.relu_()" : $"{V}.clamp(min=0)",
                ("relu", _) => inPlace.Length > 0 ? $"F.relu_({V})" : $"torch.relu({V})",
                ("silu", "method") => $"{V} * torch.sigmoid({V})",
                ("relu6", "method") => $"{V}.clamp(0, 6)",
                ("sigmoid", "method") => $"{V}.sigmoid()",
                ("tanh", "method") => $"{V}.tanh()",
                ("sigmoid" or "tanh", _) => $"torch.{kind}({V})",
                ("gelu", _) => $"F.gelu({V})",
                ("leaky_relu", _) => $"F.leaky_relu({V}, 0.1{more})",
                _ => $"F.{kind}({V}{more})",
            };
        }

        private void AddResidual(Residual residual)
        {
            var inner = _style.Classes ? new Scope(writer, _channels, _size) : this;
            int entry = _channels;
            int entrySize = _size;
            int from = _statements.Count;
            inner.Add(residual.Body);
            inner.Flush();
            int width = inner._channels;
            var body = _style.Classes ? inner._statements : _statements[from..];
            if (!_style.Classes)
                _statements.RemoveRange(from, _statements.Count - from);
            string skip = "skip";
            if (residual.Skip && (width != entry || inner._size != entrySize))
            {
                string name = writer.Name("proj");
                inner._attributes.Add($"self.{name} = {Module(new Conv(width, 1, entrySize / inner._size, Bias: false), entry)}");
                skip = $"self.{name}(skip)";
            }
            string sum = !residual.Skip ? "" : _style.Addition switch
            {
                "swapped" => $"{V} = {skip} + {V}",
                "inplace" => $"{V} += {skip}",
                "function" => $"{V} = torch.add({V}, {skip})",
                _ => $"{V} = {V} + {skip}",
            };
            string code = string.Join("\n", [.. residual.Skip ? [$"skip = {V}"] : Array.Empty<string>(), .. body, .. residual.Skip ? [sum] : Array.Empty<string>()]);
            if (!_style.Classes)
            {
                _statements.Add(code);
                return;
            }
            inner._statements.Clear();
            inner._statements.Add(code);
            AddClass(inner, width, inner._size);
        }

        private void AddClass(Scope inner, int width, int newSize)
        {
            string name = writer.Name("Block");
            writer._classes.Add($"class {name}(nn.Module):\n    def __init__(self):\n        super({name}, self).__init__()\n{inner.Init("        ")}{inner.Forward("    ")}");
            (_channels, _size) = (width, newSize);
            Call(writer.Name("block"), $"{name}()");
        }

        private void AddGate(Gate gate)
        {
            var inner = _style.Classes ? new Scope(writer, _channels, _size) : this;
            string down = writer.Name("down");
            string up = writer.Name("up");
            inner._attributes.Add($"self.{down} = nn.Linear({_channels}, {_channels / gate.Reduction})");
            inner._attributes.Add($"self.{up} = nn.Linear({_channels / gate.Reduction}, {_channels})");
            string pooled = _style.Global == "mean" ? $"{V}.mean((2, 3))" : $"torch.flatten(F.adaptive_avg_pool2d({V}, 1), 1)";
            string shape = _style.Flatten is "view" ? "[:, :, None, None]" : ".view(-1, " + _channels + ", 1, 1)";
            string scale = $"scale = torch.sigmoid(self.{up}({(_style.Calls == "functional" ? "F.relu" : "torch.relu")}(self.{down}({pooled})))){shape}";
            string product = _style.Addition switch
            {
                "swapped" => $"{V} = scale * {V}",
                "inplace" => $"{V} = {V} * scale.expand_as({V})",
                "function" => $"{V} = torch.mul({V}, scale)",
                _ => $"{V} = {V} * scale",
            };
            inner._statements.Add($"{scale}\n{product}");
            if (_style.Classes)
                AddClass(inner, _channels, _size);
        }

        private void AddHead(Head head)
        {
            if (head.Kind == "global")
            {
                switch (_style.Global)
                {
                    case "module":
                        _pending.Add("nn.AdaptiveAvgPool2d(1)");
                        Flatten(isSingle: true);
                        break;
                    case "mean":
                        Statement($"{V} = {V}.mean(dim=[2, 3])");
                        break;
                    case "functional":
                        Statement($"{V} = F.adaptive_avg_pool2d({V}, (1, 1))");
                        Flatten(isSingle: true);
                        break;
                    default:
                        Statement($"{V} = F.avg_pool2d({V}, {V}.size()[2:])");
                        Flatten(isSingle: true);
                        break;
                }
                _pending.Add($"nn.Linear({_channels}, 10)");
                return;
            }
            if (_style.Global == "module")
                _pending.Add("nn.AdaptiveAvgPool2d((2, 2))");
            else
                Statement($"{V} = F.adaptive_avg_pool2d({V}, 2)");
            Flatten(isSingle: false);
            _pending.Add(_style.Keywords ? $"nn.Linear(in_features={4 * _channels}, out_features={head.Hidden})" : $"nn.Linear({4 * _channels}, {head.Hidden})");
            Activate("relu");
            _pending.Add($"nn.Linear({head.Hidden}, 10)");
        }

        private void Flatten(bool isSingle)
        {
            switch (_style.Flatten)
            {
                case "module":
                    _pending.Add("nn.Flatten()");
                    break;
                case "view":
                    Statement($"{V} = {V}.view({V}.size(0), -1)");
                    break;
                case "reshape":
                    Statement($"{V} = {V}.reshape({V}.shape[0], -1)");
                    break;
                case "squeeze" when isSingle:
                    Statement($"{V} = {V}.squeeze(-1).squeeze(-1)");
                    break;
                default:
                    Statement($"{V} = torch.flatten({V}, 1)");
                    break;
            }
        }

        private static string Indent(string text, string indent) => string.Concat(text.Split('\n').Select(line => $"{indent}{line}\n"));
    }
}
