using System.Globalization;

namespace NnGpt.Bench.LanguageModels;

/// <summary>
/// A training step, a fine-tuning step and sampling of small decoders: as plain PyTorch does them in float32 and as NnGpt does in
/// bfloat16, same sizes and threads, in turns. Processor time is what counts on a machine with other work.
/// </summary>
internal static class ModelBench
{
    private const int Steps = 2;
    private const int SampledRows = 16;
    private const int NewTokens = 128;
    private const int ShortPrompt = 24;
    private const int LongPrompt = 400;

    public static void Run(int rounds, int[] threadCounts)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "LanguageModels", "eager.py");
        foreach (int threads in threadCounts)
        {
            Dictionary<string, string> environment = new()
            {
                ["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture),
                ["OPENBLAS_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture),
            };
            using LineServer python = new(LineServer.Python, environment, script);
            using LineServer own = new(Environment.ProcessPath!, environment, [.. OwnProgram.Arguments, ModelServer.Command]);
            Console.WriteLine($"\n{threads} thread{(threads == 1 ? "" : "s")}, {rounds} rounds of {Steps} steps: median milliseconds of processor time, and of the clock\n");
            Console.WriteLine("| | PyTorch fp32: processor, clock | NnGpt: processor, clock | ratio: processor, clock |\n|---|---|---|---|");
            foreach (ModelShape shape in ModelShape.All)
            {
                string batch = $"{shape} {shape.Rows} {shape.Length} {Steps}";
                string size = $"{shape.Rows} x {shape.Length} tokens";
                Compare($"{shape.Name}: training step, {size}", python, $"train {batch}", own, $"train {batch}", rounds, perSecond: 0);
                Compare($"{shape.Name}: LoRA step, {size}", python, $"finetune {batch}", own, $"finetune {batch}", rounds, perSecond: 0);
                Compare($"{shape.Name}: LoRA step, 8-bit AdamW, {size}", python, $"finetune {batch}", own, $"finetune8 {batch}", rounds, perSecond: 0);
                string Sampling(int prompt) => $"{shape} {SampledRows} {prompt} {NewTokens}";
                int tokens = SampledRows * NewTokens;
                Compare($"{shape.Name}: sampling, tokens/s", python, $"sample {Sampling(ShortPrompt)}", own, $"sample {Sampling(ShortPrompt)}", rounds, tokens);
                Compare($"{shape.Name}: the same, likeliest tokens only", python, $"sample {Sampling(ShortPrompt)}", own, $"sample-greedy {Sampling(ShortPrompt)}", rounds, tokens);
                Compare($"{shape.Name}: prompt of {LongPrompt}, shared", python, $"sample {Sampling(LongPrompt)}", own, $"sample {Sampling(LongPrompt)}", rounds, tokens);
                Compare($"{shape.Name}: prompt of {LongPrompt}, not shared", python, $"sample {Sampling(LongPrompt)}", own, $"sample-unshared {Sampling(LongPrompt)}", rounds, tokens);
            }
        }
    }

    // Times a step, or tokens a second when they are counted; the ratio is of NnGpt to PyTorch either way.
    private static void Compare(string name, LineServer python, string theirCommand, LineServer own, string ourCommand, int rounds, int perSecond)
    {
        List<(double Wall, double Processor)> theirs = [], ours = [];
        List<double> wall = [], processor = [];
        for (int round = 0; round < rounds; round++)
        {
            var (a, b) = (Parse(python.Ask(theirCommand)), Parse(own.Ask(ourCommand)));
            theirs.Add(a);
            ours.Add(b);
            (double w, double p) = (b.Wall / a.Wall, b.Processor / a.Processor);
            wall.Add(perSecond > 0 ? 1 / w : w);
            processor.Add(perSecond > 0 ? 1 / p : p);
        }
        string Cell(List<(double Wall, double Processor)> times)
        {
            double Value(IEnumerable<double> milliseconds) => Statistics.Median(milliseconds.Select(m => perSecond > 0 ? perSecond * 1000 / m : m));
            return string.Create(CultureInfo.InvariantCulture, $"{Value(times.Select(t => t.Processor)):0}, {Value(times.Select(t => t.Wall)):0}");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {Cell(theirs)} | {Cell(ours)} | {Statistics.Median(processor):0.00}, {Statistics.Median(wall):0.00} |"));
    }

    private static (double Wall, double Processor) Parse(string answer)
    {
        double[][] steps = [.. answer.Split(';').Select(step => step.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
        return (Statistics.Median(steps.Select(step => step[0])), Statistics.Median(steps.Select(step => step[1])));
    }
}
