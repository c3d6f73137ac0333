using Aspire.Hosting.TestApp;

// One program, two parts: an AppHost that the tests start and kill, and the service that it runs.
if (Environment.GetEnvironmentVariable("HTTP_PORT") is { Length: > 0 } port)
{
    Service.Run(port);
}
else
{
    AppHost.Run(args);
}
