using NnGpt.ServiceDefaults;
using NnGpt.Validator;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("validator");
builder.AddValidator();

var app = builder.Build();
app.MapServiceDefaults();
app.MapValidator();
await app.RunAsync();
