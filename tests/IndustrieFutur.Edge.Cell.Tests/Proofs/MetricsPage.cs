using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The numbers of an edge that runs, asked over HTTP.</summary>
internal sealed class MetricsPage(int port, EdgeProcess edge)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The page has a line per signal and number: asked as often as a condition is looked at, it would be the load.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(250);

    /// <summary>The sum of one number over what it is told of; 0 while the edge does not answer yet.</summary>
    public async Task<long> SumAsync(string name, CancellationToken cancellation)
    {
        Assert.False(edge.HasExited, $"ifedge has ended: {edge.Errors}");
        await Task.Delay(Apart, TimeProvider.System, cancellation);
        try
        {
            var text = await Http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), cancellation);
            return text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal)).Sum(Value);
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return 0;
        }
    }

    /// <summary>Waits until a number has grown: what it counts goes on.</summary>
    public async Task GrowsAsync(string name, TimeSpan limit, CancellationToken cancellation)
    {
        var before = long.MaxValue;
        await Until.TrueAsync(
            $"{name} to grow",
            limit,
            async token =>
            {
                var (was, now) = (before, await SumAsync(name, token));
                before = now;
                return now > was;
            },
            cancellation);
    }

    /// <summary>Waits until nothing more comes and every sample has its fate; returns the ledger of then.</summary>
    public async Task<JsonObject> SettlesAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var ledger = new JsonObject();
        await Until.TrueAsync(
            "every sample to have its fate",
            limit,
            async token =>
            {
                if (await SumAsync("ifedge_spool_pending", token) > 0)
                {
                    return false;
                }

                ledger = await LedgerAsync(token);
                return ledger["settled"]!.GetValue<bool>() && ledger["links"]!.AsArray().All(link => !link!["connected"]!.GetValue<bool>());
            },
            cancellation);
        return ledger;
    }

    private async Task<JsonObject> LedgerAsync(CancellationToken cancellation) =>
        JsonNode.Parse(await Http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/ledger"), cancellation))!.AsObject();

    /// <summary>Of "name{label="text"} value time".</summary>
    private static long Value(string line) =>
        (long)double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).First(word => char.IsAsciiDigit(word[0])), CultureInfo.InvariantCulture);
}
