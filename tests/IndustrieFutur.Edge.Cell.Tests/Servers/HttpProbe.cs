namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Asks over HTTP whether a server is ready; a refused connection is a no, not an error.</summary>
internal static class HttpProbe
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    public static async Task<bool> SucceedsAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var answer = await Http.GetAsync(address, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
