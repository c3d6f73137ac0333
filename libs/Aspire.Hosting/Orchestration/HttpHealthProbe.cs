using System.Globalization;

namespace Aspire.Hosting.Orchestration;

internal sealed class HttpHealthProbe(HttpMessageInvoker client, Uri address, int statusCode) : IHealthProbe
{
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await client.SendAsync(request, cancellationToken);
            return (int)response.StatusCode == statusCode
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{address} answers {(int)response.StatusCode}");
        }
        catch (HttpRequestException failure)
        {
            return $"{address}: {failure.Message}";
        }
    }
}
