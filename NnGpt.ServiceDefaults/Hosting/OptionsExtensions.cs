using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace NnGpt.ServiceDefaults;

/// <summary>Settings of a service.</summary>
public static class OptionsExtensions
{
    /// <summary>Binds settings to a section and checks their annotations when the service starts: a wrong one stops it.</summary>
    public static OptionsBuilder<TOptions> AddValidatedOptions<TOptions>(
        this IHostApplicationBuilder builder, string section)
        where TOptions : class =>
        builder.Services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
