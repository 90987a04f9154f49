using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Benchmarks;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.OpcUa.Transport;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>Our server in a process of its own, and what the kernel says of its memory.</summary>
internal sealed class LimitsServer : IDisposable
{
    private const string Program = "IndustrieFutur.Edge.Benchmarks";

    private readonly BenchChild _child;
    private readonly int _processId;

    /// <param name="patience">How long a client may take no byte, and a channel carry no session.</param>
    public LimitsServer(TimeSpan patience)
    {
        // .../tests/THIS/bin/Release/net10.0/: built like this program, beside it.
        var built = Path.GetRelativePath(Path.Combine(Peers.Repository(), "tests", "IndustrieFutur.Edge.Cell.Tests"), AppContext.BaseDirectory);
        var program = Path.Combine(Peers.Repository(), "tests", Program, built, Program);
        _child = new BenchChild("the server", new ProcessStartInfo(program, ["serve-opcua-limits", $"{(int)patience.TotalMilliseconds}"]));
        _processId = _child.ProcessId;
        Address = EndpointAddress.Parse(_child.Answer());
    }

    public EndpointAddress Address { get; }

    /// <summary>Pages of the process that are in memory now (VmRSS of proc(5)).</summary>
    public long ResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>One of its counters.</summary>
    public long this[string counter] => (long)Report()[counter]!;

    public JsonObject Report() => JsonNode.Parse(_child.Ask("report"))!.AsObject();

    /// <summary>What its objects take once garbage is collected.</summary>
    public long LiveBytes => (long)JsonNode.Parse(_child.Ask("collect"))!["managedBytes"]!;

    public void Dispose() => _child.Dispose();
}
