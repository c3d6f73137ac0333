using Grpc.Core;
using Microsoft.Extensions.Options;
using NnGpt.NoveltyIndex.Judging;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;
using StackExchange.Redis;

namespace NnGpt.NoveltyIndex.Messaging;

/// <summary>candidate.trained -> candidate.judged.</summary>
internal sealed partial class JudgeHandler(
    CandidateJudge judge, IMessageBus bus, IOptions<NoveltyIndexOptions> options, TimeProvider time, ILogger<JudgeHandler> logger)
    : IMessageHandler<CandidateTrained>
{
    public async Task HandleAsync(CandidateTrained message, MessageContext context, CancellationToken cancellationToken)
    {
        var outcome = await JudgeAsync(message, cancellationToken);
        Judged(logger, message.Candidate.Id, outcome.AboveThreshold, outcome.Novel, outcome.Admitted, outcome.JTrain, outcome.JGenerated);
        await bus.PublishAsync(
            "candidate.judged",
            new CandidateJudged { Candidate = message.Candidate, Outcome = outcome },
            $"candidate.judged:{message.Candidate.Id}",
            cancellationToken);
    }

    // While Redis or the Coordinator is away the candidate waits here; giving it back would use up its deliveries.
    private async Task<NoveltyOutcome> JudgeAsync(CandidateTrained message, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await judge.JudgeAsync(
                    message.Candidate, message.Source, message.Outcome.Accuracy, message.Admission, cancellationToken);
            }
            catch (Exception e) when (e is RedisException or TimeoutException or RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded })
            {
                cancellationToken.ThrowIfCancellationRequested();
                Waiting(logger, message.Candidate.Id, attempt + 1, e.Message);
            }
            double seconds = Math.Min(options.Value.MaxRetrySeconds, 0.1 * Math.Pow(2, Math.Min(attempt, 10)));
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);
        }
    }

    [LoggerMessage(410, LogLevel.Information, "{Candidate}: above {Above}, novel {Novel}, admitted {Admitted}, J_train {JTrain:F3}, J_gen {JGenerated:F3}")]
    private static partial void Judged(ILogger logger, string candidate, bool above, bool novel, bool admitted, double jTrain, double jGenerated);

    [LoggerMessage(411, LogLevel.Warning, "{Candidate} cannot be judged yet, try {Attempt}: {Error}")]
    private static partial void Waiting(ILogger logger, string candidate, int attempt, string error);
}
