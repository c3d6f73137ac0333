using NnGpt.FineTuner;
using NnGpt.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("finetuner");
builder.AddFineTuner();

var app = builder.Build();
app.MapServiceDefaults();
app.MapFineTuner();
await app.RunAsync();
