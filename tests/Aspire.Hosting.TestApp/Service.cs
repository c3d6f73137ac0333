using System.Net;

namespace Aspire.Hosting.TestApp;

/// <summary>Answers /health once the file of HEALTHY_WHEN exists, or at once when there is no such setting.</summary>
internal static class Service
{
    public static void Run(string port)
    {
        string? condition = Environment.GetEnvironmentVariable("HEALTHY_WHEN");
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        Console.WriteLine($"listens on {port}");
        while (true)
        {
            var context = listener.GetContext();
            bool healthy = context.Request.Url!.AbsolutePath == "/health" && (condition is null || File.Exists(condition));
            context.Response.StatusCode = (int)(healthy ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
            context.Response.Close();
        }
    }
}
