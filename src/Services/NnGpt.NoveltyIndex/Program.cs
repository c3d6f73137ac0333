using NnGpt.NoveltyIndex;
using NnGpt.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("novelty");
builder.AddNoveltyIndex();

var app = builder.Build();
app.MapServiceDefaults();
app.MapNoveltyIndex();
await app.RunAsync();
