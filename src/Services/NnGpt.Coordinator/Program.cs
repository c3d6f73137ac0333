using NnGpt.Coordinator;
using NnGpt.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("coordinator");
builder.AddCoordinator();

var app = builder.Build();
if (!app.TryOpenStore())
    return 1;
app.MapServiceDefaults();
app.MapCoordinator();
app.Run();
return 0;
