using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What an edge that runs says over HTTP while a scenario's cell stands still, before and after.</summary>
internal sealed class EdgePage(int port, EdgeProcess edge)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>A poll of every device that is asked falls into so many of the PLC's.</summary>
    private const int Polls = 10;

    private const string Polled = "plc/plc.heartbeat";

    /// <summary>
    /// Waits until all devices are read, and the cobot's stream has just been started: an edge waits a second for the first package, and then
    /// begins again.
    /// </summary>
    public async Task ReadyAsync(CellSimulator cell, TimeSpan limit, CancellationToken cancellation)
    {
        await Until.TrueAsync(
            "the edge to read all devices but the cobot",
            limit,
            async token => await LedgerAsync(token) is { } ledger && ledger["links"]!.AsArray().All(link => Device(link) == "cobot" || link!["connected"]!.GetValue<bool>()) && Stored(ledger, Polled) > Polls,
            cancellation);
        await Until.TrueAsync("the edge to give the silent cobot up", limit, () => cell.Rtde.Streams == 0, cancellation);
        await Until.TrueAsync("the edge to ask the cobot for its stream", limit, () => cell.Rtde.Streams == 1, cancellation);
    }

    /// <summary>Waits until each device was read once more after the cell's end, and all that was produced by then has its fate.</summary>
    public async Task StoredAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var end = await LedgerAsync(cancellation) ?? throw new InvalidOperationException($"ifedge does not answer any more: {edge.Errors}");
        var produced = Produced(end, Polled) + Polls;
        await Until.TrueAsync("the devices to be read once more", limit, async token => await LedgerAsync(token) is { } ledger && Produced(end = ledger, Polled) >= produced, cancellation);
        var due = end["signals"]!.AsObject().ToDictionary(signal => signal.Key, signal => Number(signal.Value!, "produced"));
        await Until.TrueAsync(
            "all samples to be stored",
            limit,
            async token => await LedgerAsync(token) is { } ledger && due.All(signal => Settled(ledger["signals"]![signal.Key]!) >= signal.Value),
            cancellation);
    }

    private static string Device(JsonNode? link) => link!["devices"]!.GetValue<string>();

    private static long Number(JsonNode node, string name) => node[name]!.GetValue<long>();

    private static long Produced(JsonNode ledger, string signal) => Number(ledger["signals"]![signal]!, "produced");

    private static long Stored(JsonNode ledger, string signal) => Number(ledger["signals"]![signal]!, "stored");

    private static long Settled(JsonNode entry) => Number(entry, "filtered") + Number(entry, "refused") + Number(entry, "dropped") + Number(entry, "stored");

    private async Task<JsonObject?> LedgerAsync(CancellationToken cancellation)
    {
        if (edge.HasExited)
        {
            throw new InvalidOperationException($"ifedge has ended: {edge.Errors}");
        }

        try
        {
            return JsonNode.Parse(await Http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/ledger"), cancellation))!.AsObject();
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return null;
        }
    }
}
