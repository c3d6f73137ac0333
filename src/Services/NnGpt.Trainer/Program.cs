using NnGpt.ServiceDefaults;
using NnGpt.Trainer;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("trainer");
builder.AddTrainer();

var app = builder.Build();
app.MapServiceDefaults();
app.MapTrainer();
await app.RunAsync();
