using NnGpt.Generator;
using NnGpt.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("generator");
builder.AddGenerator();

var app = builder.Build();
app.MapServiceDefaults();
app.MapGenerator();
await app.RunAsync();
