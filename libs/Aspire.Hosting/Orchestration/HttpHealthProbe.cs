using System.Globalization;

namespace Aspire.Hosting.Orchestration;

internal sealed class HttpHealthProbe(HttpMessageInvoker client, Uri address, int statusCode) : IHealthProbe
{
    private const int LongestBody = 400;

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await client.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode == statusCode)
            {
                return null;
            }

            string body = await response.Content.ReadAsStringAsync(cancellationToken);
            string start = body.Length > LongestBody ? body[..LongestBody] + "..." : body;
            return string.Create(CultureInfo.InvariantCulture, $"{address} answers {(int)response.StatusCode} {start.ReplaceLineEndings(" ").Replace("\"", "", StringComparison.Ordinal)}").TrimEnd();
        }
        catch (HttpRequestException failure)
        {
            return $"{address}: {failure.Message}";
        }
    }
}
