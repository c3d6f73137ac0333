using Grpc.Core;
using Grpc.Core.Interceptors;

namespace NnGpt.ServiceDefaults.Grpc;

/// <summary>Gives unary calls a deadline when the caller set none; streams last as long as their caller wants.</summary>
internal sealed class DefaultDeadlineInterceptor(TimeProvider time) : Interceptor
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        if (context.Options.Deadline is null)
        {
            var options = context.Options.WithDeadline(time.GetUtcNow().UtcDateTime + s_deadline);
            context = new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options);
        }
        return continuation(request, context);
    }
}
