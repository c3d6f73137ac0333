using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NnGpt.ServiceDefaults.Tests.Hosting;

namespace NnGpt.ServiceDefaults.Tests.Grpc;

/// <summary>The gRPC server against Debian's python3-grpcio: another implementation, generic stubs, bytes written by hand.</summary>
public sealed class PythonClientTests
{
    private const string Python = "/usr/bin/python3";

    private const string Client = """
        import json, sys, grpc

        def varint(n):
            out = b''
            while n > 127:
                out, n = out + bytes([n & 127 | 128]), n >> 7
            return out + bytes([n])

        def text(field, value):
            data = value.encode()
            return bytes([field << 3 | 2]) + varint(len(data)) + data

        channel = grpc.insecure_channel(sys.argv[1])
        call = lambda method: channel.unary_unary(method, None, None)
        validate = call('/nngpt.v1.Validator/Validate')
        generate = channel.unary_stream('/nngpt.v1.Generator/Generate', None, None)
        results = {}

        def code(name, action):
            try:
                action()
                results[name] = 'OK'
            except grpc.RpcError as e:
                results[name] = e.code().name
                results[name + '_details'] = e.details()

        results['health'] = call('/grpc.health.v1.Health/Check')(b'', timeout=10).hex()
        results['unary'] = validate(text(1, 'x' * 300), timeout=10).hex()
        results['large'] = validate(text(1, 'x' * (10 << 20)), timeout=30).hex()
        results['stream'] = [m.hex() for m in generate(text(1, 'hi') + bytes([2 << 3, 3]), timeout=10)]
        code('deadline', lambda: validate(text(1, 'wait'), timeout=0.3))
        code('oversized', lambda: validate(text(1, 'x' * (65 << 20)), timeout=30))
        code('exception', lambda: validate(text(1, 'throw'), timeout=10))
        code('unknown', lambda: call('/nngpt.v1.Validator/Nothing')(b'', timeout=10))
        code('garbage', lambda: validate(b'\x0a\xff\xff', timeout=10))
        stream = generate(text(1, 'for ever') + bytes([2 << 3, 2]), timeout=60)
        results['before_cancel'] = [next(stream).hex(), next(stream).hex()]
        stream.cancel()
        code('cancelled', lambda: next(stream))
        print(json.dumps(results))
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_PythonClient_SpeaksGrpc()
    {
        Assert.SkipUnless(await HasGrpcAsync(), "python3-grpcio is not installed");
        var observed = new ScriptedServices.Observed();
        await using var service = await RunningService.StartAsync(
            b => b.Services.AddSingleton(observed),
            app =>
            {
                app.MapGrpcService<ScriptedServices.ValidatorService>();
                app.MapGrpcService<ScriptedServices.GeneratorService>();
            });

        var (code, output, error) = await RunAsync(Client, service.Grpc.Authority);

        Assert.True(code == 0, error);
        var results = JsonDocument.Parse(output).RootElement;
        string text(string name) => results.GetProperty(name).GetString()!;
        string[] list(string name) => [.. results.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
        Assert.Equal("0801", text("health"));                       // status: SERVING
        Assert.Equal("080120ac02", text("unary"));                  // valid: true, parameters: 300
        Assert.Equal("0801208080" + "8005", text("large"));         // parameters: 10 MiB
        Assert.Equal(["12026869", "080112026869", "080212026869"], list("stream"));
        Assert.Equal("DEADLINE_EXCEEDED", text("deadline"));
        Assert.Equal("RESOURCE_EXHAUSTED", text("oversized"));
        Assert.Equal("INTERNAL", text("exception"));
        Assert.StartsWith("Unexpected error ", text("exception_details"));
        Assert.DoesNotContain("secret", text("exception_details"));
        Assert.Equal("UNIMPLEMENTED", text("unknown"));
        Assert.NotEqual("OK", text("garbage"));
        Assert.Equal("CANCELLED", text("cancelled"));
        await observed.CallCancelled.Task.WaitAsync(Token);
        await observed.StreamCancelled.Task.WaitAsync(Token);
    }

    private static async Task<bool> HasGrpcAsync() => File.Exists(Python) && (await RunAsync("import grpc", "")).Code == 0;

    private static async Task<(int Code, string Output, string Error)> RunAsync(string script, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", script, argument])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(Token);
        string output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output, await error);
    }
}
