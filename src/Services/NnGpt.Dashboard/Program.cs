using NnGpt.Dashboard;
using NnGpt.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("dashboard");
builder.AddDashboard();

var app = builder.Build();
app.UseDashboard();
app.MapServiceDefaults();
app.MapDashboard();
app.Run();
