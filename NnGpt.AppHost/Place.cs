using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace NnGpt.AppHost;

/// <summary>Where the system's data, model and data sets are on this machine, from the settings NNGPT_HOME and NNGPT_DATA.</summary>
internal sealed record Place(string Home, string Model, string Datasets, int Trainers)
{
    private const string DebianDatasets = "/usr/share/datasets";
    private const int DefaultTrainers = 2;

    public static Place Find(IDistributedApplicationBuilder builder)
    {
        string checkout = Path.GetFullPath("..", builder.AppHostDirectory);
        string home = Path.GetFullPath(builder.Configuration["NNGPT_HOME"] is { Length: > 0 } given ? given : Path.Combine(checkout, ".nngpt"));

        // State, logs and the brokers' secrets go there too.
        builder.Configuration["Aspire:Store:Path"] = home;
        return new Place(
            home,
            Path.Combine(checkout, "models", "nngpt-small"),
            builder.Configuration["NNGPT_DATA"] is { Length: > 0 } data ? Path.GetFullPath(data) : DebianDatasets,
            int.TryParse(builder.Configuration["Trainers"], CultureInfo.InvariantCulture, out int trainers) && trainers > 0 ? trainers : DefaultTrainers);
    }

    /// <summary>What must not be lost.</summary>
    public string Data(string name) => Path.Combine(Home, name);

    /// <summary>What can be fetched again.</summary>
    public string Cache(string name) => Path.Combine(Home, "cache", name);
}
