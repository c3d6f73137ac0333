using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace NnGpt.AppHost;

/// <summary>Where things are on this machine.</summary>
/// <param name="Home">Everything the system writes: NNGPT_HOME, else .nngpt in the checkout.</param>
/// <param name="Model">Directory of the base model: NNGPT_MODEL, else the embedded one.</param>
/// <param name="Datasets">NNGPT_DATA; null for the data sets that Debian packages install.</param>
/// <param name="Trainers">Processes that train side by side.</param>
/// <param name="Profiles">Directory of the experiments that come with the checkout.</param>
internal sealed record Place(string Home, string Model, string? Datasets, int Trainers, string Profiles)
{
    private const int DefaultTrainers = 2;

    public static Place Find(IDistributedApplicationBuilder builder)
    {
        string checkout = Path.GetFullPath("..", builder.AppHostDirectory);
        string home = Path.GetFullPath(builder.Configuration["NNGPT_HOME"] is { Length: > 0 } given ? given : Path.Combine(checkout, ".nngpt"));

        // State, logs and the brokers' secrets go there too.
        builder.Configuration["Aspire:Store:Path"] = home;
        return new Place(
            home,
            builder.Configuration["NNGPT_MODEL"] is { Length: > 0 } model ? Path.GetFullPath(model) : Path.Combine(checkout, "models", "nngpt-small"),
            builder.Configuration["NNGPT_DATA"] is { Length: > 0 } data ? Path.GetFullPath(data) : null,
            int.TryParse(builder.Configuration["Trainers"], CultureInfo.InvariantCulture, out int trainers) && trainers > 0 ? trainers : DefaultTrainers,
            Path.Combine(checkout, "profiles"));
    }

    /// <summary>What must not be lost.</summary>
    public string Data(string name) => Path.Combine(Home, name);

    /// <summary>What can be fetched again.</summary>
    public string Cache(string name) => Path.Combine(Home, "cache", name);
}
