using Grpc.Core;
using NnGpt.FineTuner.Tuning;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.FineTuner.Messaging;

/// <summary>finetune -> adapter.ready, or adapter.failed with the reason when trying again would not help.</summary>
internal sealed partial class FineTuneHandler(FineTuneProcess process, IMessageBus bus, ILogger<FineTuneHandler> logger) : IMessageHandler<FineTuneCommand>
{
    public async Task HandleAsync(FineTuneCommand message, MessageContext context, CancellationToken cancellationToken)
    {
        AdapterReady result;
        try
        {
            result = await process.RunAsync(
                message,
                progress =>
                {
                    LogProgress(progress.Step, progress.Steps, progress.Loss, progress.TokensPerSecond, progress.SecondsLeft);
                    return Task.CompletedTask;
                },
                cancellationToken);
        }
        catch (TrainingSetException failure)
        {
            result = Failed(message, failure.Message);
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.NotFound or StatusCode.DataLoss)
        {
            result = Failed(message, failure.Status.Detail);
        }

        string routingKey = result.Error.Length == 0 ? "adapter.ready" : "adapter.failed";
        await bus.PublishAsync(routingKey, result, $"{routingKey}:{message.Experiment}-c{message.Cycle:00}", cancellationToken);
        LogEnded(message.Experiment, message.Cycle, routingKey, result.Pairs, result.Losses.LastOrDefault(), result.Seconds, result.Error);
    }

    private static AdapterReady Failed(FineTuneCommand command, string reason) =>
        new() { Experiment = command.Experiment, Cycle = command.Cycle, Error = reason };

    [LoggerMessage(100, LogLevel.Information, "step {Step}/{Steps}, loss {Loss:0.0000}, {TokensPerSecond:0} tokens/s, {SecondsLeft:0} s left")]
    private partial void LogProgress(int step, int steps, double loss, double tokensPerSecond, double secondsLeft);

    [LoggerMessage(101, LogLevel.Information, "{Experiment} cycle {Cycle}: {Event}, {Pairs} pairs, last epoch's loss {Loss:0.0000}, {Seconds:0.0} s {Error}")]
    private partial void LogEnded(string experiment, int cycle, string @event, int pairs, double loss, double seconds, string error);
}
