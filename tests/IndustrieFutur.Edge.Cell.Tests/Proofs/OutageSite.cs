using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A small cell whose broker goes away: a machine, an edge with its own sampler, a historian in a process of its own; and what they take of the machine they run on.</summary>
internal sealed class OutageSite : IAsyncDisposable
{
    /// <summary>Of the machine, all read at once.</summary>
    public const int Signals = 100;

    /// <summary>How often disk and memory are looked at.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly Workplace _workplace = new();
    private readonly ModbusTcpListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _looking;
    private bool _hasEnded;

    private OutageSite(Mosquitto broker, int diskMegabytes, int replayPerSecond)
    {
        Broker = broker;
        _listener = new ModbusTcpListener(Machine, 1, new IPEndPoint(IPAddress.Loopback, 0));
        Witness = new TelemetryWitness(broker.Port, new EdgeTopics("proof", "cell1"), "plc", "h1", Signals);
        var httpPort = FreePort.Next();
        var file = _workplace.Write(Configuration(diskMegabytes, replayPerSecond, httpPort));
        Historian = EdgeProcess.Start(_workplace.Folder, "historian", file);
        Edge = EdgeProcess.Start(_workplace.Folder, "run", file);
        Numbers = new MetricsPage(httpPort, Edge);
        _looking = LookAsync();
    }

    public Mosquitto Broker { get; }

    public OutageMachine Machine { get; } = new();

    public TelemetryWitness Witness { get; }

    public EdgeProcess Edge { get; }

    public EdgeProcess Historian { get; }

    public MetricsPage Numbers { get; }

    public string Data => _workplace.PathOf("data");

    /// <summary>The most that the spool took of the disk, in blocks: what is preallocated counts.</summary>
    public long SpoolBytesMost { get; private set; }

    /// <summary>Resident memory of the service now, and the most there was.</summary>
    public (long Now, long Most) EdgeMemory { get; private set; }

    /// <summary>The same of the historian.</summary>
    public (long Now, long Most) HistorianMemory { get; private set; }

    public static async Task<OutageSite> StartAsync(int diskMegabytes, int replayPerSecond, CancellationToken cancellation)
    {
        var site = new OutageSite(await Mosquitto.StartProcessAsync(cancellation), diskMegabytes, replayPerSecond);
        await site.Witness.ConnectAsync(cancellation);
        return site;
    }

    /// <summary>The machine says nothing any more.</summary>
    public void EndMachine() => _listener.Dispose();

    /// <summary>Ends service and historian in order.</summary>
    public void End(TimeSpan limit)
    {
        _hasEnded = true;
        foreach (var process in new[] { Edge, Historian })
        {
            process.Terminate();
            var exitCode = process.WaitForExit(limit);
            Assert.True(exitCode == 0, $"exit {exitCode}: {process.Errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _hasEnded = true;
        await _ending.CancelAsync();
        await _looking;
        Edge.Dispose();
        Historian.Dispose();
        EndMachine();
        Machine.Dispose();
        Witness.Dispose();
        await Broker.DisposeAsync();
        _workplace.Dispose();
        _ending.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_hasEnded)
        {
            SpoolBytesMost = Math.Max(SpoolBytesMost, await BlocksAsync(Path.Combine(Data, "spool")));
            EdgeMemory = Resident(Edge, EdgeMemory.Most);
            HistorianMemory = Resident(Historian, HistorianMemory.Most);
            await Task.Delay(LookEvery, TimeProvider.System, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A file that goes while du looks makes it complain, and nothing else.</summary>
    private static async Task<long> BlocksAsync(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        using var du = Process.Start(new ProcessStartInfo("du", ["-s", "-B1", folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var words = (await du.StandardOutput.ReadToEndAsync()).Split('\t');
        await du.WaitForExitAsync();
        return long.Parse(words[0], CultureInfo.InvariantCulture);
    }

    private static (long Now, long Most) Resident(EdgeProcess process, long most)
    {
        var status = $"/proc/{process.Id}/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)) : null;
        var bytes = line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return (bytes, Math.Max(most, bytes));
    }

    private JsonObject Configuration(int diskMegabytes, int replayPerSecond, int httpPort)
    {
        var historians = Configurations.Embedded();
        historians["h1"]!["apart"] = true;
        var device = Configurations.Registers(Configurations.Tcp(_listener.EndPoint.Port), Signals, "1ms");
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{Broker.Port}", historians, httpPort);

        // Half a second of the machine in a hurry: what a commit has not brought to the disk yet is held there.
        cell["sampling"] = new JsonObject { ["sampler"] = "isolated", ["ringSamples"] = 262_144 };
        cell["spool"] = new JsonObject { ["diskMegabytes"] = diskMegabytes, ["replayPerSecond"] = replayPerSecond };
        return cell;
    }
}
