namespace NnGpt.LanguageModel.Training;

/// <summary>Averages the loss and measures the pace between two reports.</summary>
internal sealed class ProgressMeter(TimeProvider time, int steps, int firstStep)
{
    private readonly long _started = time.GetTimestamp();
    private long _since = time.GetTimestamp();
    private double _loss;
    private int _count;
    private long _tokens;

    public void Add(double loss, int tokens)
    {
        _loss += loss;
        _count++;
        _tokens += tokens;
    }

    public PretrainingProgress Report(int step, long seen, double norm, double rate)
    {
        TimeSpan elapsed = time.GetElapsedTime(_started);
        double seconds = Math.Max(1e-9, time.GetElapsedTime(_since).TotalSeconds);
        PretrainingProgress progress = new(step, steps, seen, _loss / Math.Max(1, _count), norm, rate, _tokens / seconds, elapsed,
            elapsed / Math.Max(1, step - firstStep) * (steps - step));
        (_since, _loss, _count, _tokens) = (time.GetTimestamp(), 0, 0, 0);
        return progress;
    }
}
