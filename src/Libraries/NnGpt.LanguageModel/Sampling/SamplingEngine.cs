using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>
/// Continuous batching: requests from any thread, with options of their own, join one batch as soon as it has a place and leave it when
/// they are finished. Requests wait in the order of their arrival; one for another adapter waits until the batch has run empty, and
/// those after it wait behind it. The computation has a thread of its own.
/// </summary>
public sealed class SamplingEngine : IDisposable
{
    private readonly LlamaModel _model;
    private readonly SamplingEngineOptions _options;
    private readonly int _slots;
    private readonly BlockingCollection<Job> _arrivals = [];
    private readonly Queue<Job> _waiting = new();
    private readonly Dictionary<Sequence, Job> _running = [];
    private readonly Thread _thread;
    private SequenceBatch? _batch;
    private string? _adapter;

    /// <summary>Starts the thread.</summary>
    /// <param name="model">The model; disposed with the engine, and used by nobody else.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    /// <exception cref="InsufficientMemoryException">Not even one sequence's keys and values fit into the options' memory.</exception>
    public SamplingEngine(LlamaModel model, SamplingEngineOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_model, _options) = (model, options);
        MaxTokens = options.MaxTokens > 0 ? Math.Min(options.MaxTokens, model.Config.ContextLength) : model.Config.ContextLength;
        _slots = Math.Min(options.BatchSize, KeyValueCache.Slots(model.Config, model.Graph.Dtype, MaxTokens, options.CacheMegabytes * 1_000_000L));
        _thread = new Thread(Run) { IsBackground = true, Name = "sampling" };
        _thread.Start();
    }

    /// <summary>The architecture.</summary>
    public LlamaConfig Config => _model.Config;

    /// <summary>Longest sequence in tokens, prompt and completion together.</summary>
    public int MaxTokens { get; }

    /// <summary>Most sequences that were ever computed together.</summary>
    public int LargestBatch { get; private set; }

    /// <summary>Samples one completion.</summary>
    /// <param name="request">Prompt, seed and guide; the guide is called on the engine's thread.</param>
    /// <param name="options">How tokens are drawn; the size of the batch and its memory are the engine's own.</param>
    /// <param name="adapter">Folder of a PEFT adapter; null for the base model.</param>
    /// <param name="cancellationToken">Takes the request out, between two tokens.</param>
    /// <exception cref="ArgumentException">The prompt is empty or does not fit.</exception>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">The adapter is none of this model, or the model gives logits that are no numbers.</exception>
    /// <exception cref="ObjectDisposedException">The engine ended first.</exception>
    public Task<Completion> SampleAsync(SamplingRequest request, SamplingOptions options, string? adapter, CancellationToken cancellationToken)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        SequenceBatch.CheckPrompt(request.Prompt.Count, MaxTokens);
        Job job = new(request, options, adapter, new TaskCompletionSource<Completion>(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken);
        try
        {
            _arrivals.Add(job, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SamplingEngine));
        }
        return job.Result.Task;
    }

    /// <summary>Ends the thread after the token that is being computed; what is not finished fails.</summary>
    public void Dispose()
    {
        _arrivals.CompleteAdding();
        _thread.Join();
        _arrivals.Dispose();
        _model.Dispose();
    }

    private void Run()
    {
        TorchThreads.Count = _options.Threads > 0 ? _options.Threads : _model.SamplingThreads;
        while (Collect())
        {
            try
            {
                Advance();
            }
            catch (Exception failure)
            {
                // A failed computation says nothing about the next one.
                FailAll(failure);
            }
        }
        while (_arrivals.TryTake(out Job? job))
        {
            _waiting.Enqueue(job);
        }
        FailAll(new ObjectDisposedException(nameof(SamplingEngine)));
    }

    // Waits when there is nothing to do; false at the end.
    private bool Collect()
    {
        if (_running.Count == 0 && _waiting.Count == 0 && _arrivals.TryTake(out Job? first, Timeout.Infinite))
        {
            _waiting.Enqueue(first);
        }
        while (_arrivals.TryTake(out Job? job))
        {
            _waiting.Enqueue(job);
        }
        return !_arrivals.IsAddingCompleted;
    }

    private void Advance()
    {
        foreach ((Sequence sequence, Job job) in _running.Where(static pair => pair.Value.Cancellation.IsCancellationRequested).ToArray())
        {
            _batch!.Remove(sequence);
            _running.Remove(sequence);
            job.Result.TrySetCanceled(job.Cancellation);
        }
        while (_waiting.TryPeek(out Job? job) && TryAdmit(job))
        {
            _waiting.Dequeue();
        }
        LargestBatch = Math.Max(LargestBatch, _running.Count);
        Retire();
        if (_running.Count > 0)
        {
            using InferenceMode inference = new();
            _batch!.Step();
        }
        Retire();
    }

    // False when it has to wait.
    private bool TryAdmit(Job job)
    {
        if (job.Cancellation.IsCancellationRequested)
        {
            job.Result.TrySetCanceled(job.Cancellation);
            return true;
        }
        if (_batch is not null && (job.Adapter != _adapter ? _running.Count > 0 : _batch.Free == 0))
        {
            return false;
        }
        try
        {
            Switch(job.Adapter);
            using InferenceMode inference = new();
            _running.Add(_batch!.Admit(0, job.Request, job.Options), job);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or InsufficientMemoryException)
        {
            job.Result.TrySetException(failure);
        }
        return true;
    }

    private void Switch(string? adapter)
    {
        if (_batch is not null && adapter == _adapter)
        {
            return;
        }
        if (adapter != _adapter)
        {
            using LoraAdapter? loaded = adapter is null ? null : LoraAdapter.Load(adapter, Config);
            // The batch's keys and values are those of the other weights.
            EndBatch();
            _model.UseAdapter(loaded);
            _adapter = adapter;
        }
        _batch = new SequenceBatch(_model.Graph, _slots, MaxTokens);
    }

    private void Retire()
    {
        foreach (Sequence sequence in _batch?.TakeFinished() ?? [])
        {
            _running.Remove(sequence, out Job? job);
            if (sequence.Failure is { } failure)
            {
                job!.Result.TrySetException(failure.SourceException);
            }
            else
            {
                job!.Result.TrySetResult(sequence.ToCompletion());
            }
        }
    }

    private void FailAll(Exception failure)
    {
        EndBatch();
        foreach (Job job in _running.Values.Concat(_waiting))
        {
            job.Result.TrySetException(failure);
        }
        _running.Clear();
        _waiting.Clear();
    }

    private void EndBatch()
    {
        _batch?.Dispose();
        _batch = null;
    }

    private sealed record Job(
        SamplingRequest Request, SamplingOptions Options, string? Adapter, TaskCompletionSource<Completion> Result, CancellationToken Cancellation);
}
