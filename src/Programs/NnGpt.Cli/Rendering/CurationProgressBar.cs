using NnGpt.Curation;
using Spectre.Console;

namespace NnGpt.Cli.Rendering;

/// <summary>Progress on the error output, so that the answer alone is on the other: a bar in a terminal, now and then a line elsewhere.</summary>
internal sealed class CurationProgressBar(TimeProvider time)
{
    private static readonly TimeSpan s_lineInterval = TimeSpan.FromSeconds(10);

    public async Task<T> RunAsync<T>(string title, Func<IProgress<CurationProgress>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(new Lines(title, time));
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context => await work(new Bar(context.AddTask(Markup.Escape(title), maxValue: 1), title)));
    }

    private sealed class Bar(ProgressTask task, string title) : IProgress<CurationProgress>
    {
        public void Report(CurationProgress value)
        {
            task.Value = value.Share;
            task.Description = Markup.Escape($"{title}: {Figures.Count(value.Read)} read, {Figures.Count(value.Kept)} kept");
        }
    }

    private sealed class Lines(string title, TimeProvider time) : IProgress<CurationProgress>
    {
        private long _last = time.GetTimestamp();

        public void Report(CurationProgress value)
        {
            if (time.GetElapsedTime(_last) >= s_lineInterval)
            {
                _last = time.GetTimestamp();
                Console.Error.WriteLine($"{title}: {Figures.Percent(value.Share)} %, {Figures.Count(value.Read)} read, {Figures.Count(value.Kept)} kept");
            }
        }
    }
}
