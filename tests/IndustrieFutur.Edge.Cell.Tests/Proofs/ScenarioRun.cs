using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Verbs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.OpcUa;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A scenario lived through once, with `ifedge run` beside the whole cell: what the journal says, what the edge reports, what it has stored.</summary>
internal sealed class ScenarioRun
{
    /// <summary>A start of the edge takes two seconds; the rest is for a machine that does other things too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>As the edge has read it.</summary>
    public required EdgeConfiguration Configuration { get; init; }

    public required IReadOnlyList<string> Journal { get; init; }

    public required JsonObject Ledger { get; init; }

    public required Dictionary<string, StoredSeries> Stored { get; init; }

    public required long SlippedTicks { get; init; }

    /// <summary>What is stored of a signal, by "device/signal".</summary>
    public StoredSeries Series(string signal) => Stored.GetValueOrDefault(signal) ?? StoredSeries.None;

    public static async Task<ScenarioRun> LiveAsync(Scenario scenario, int seed, CancellationToken cancellation)
    {
        await using var broker = scenario.Timeline.Any(one => one.Kind.Device == CellFaults.Broker) ? await Mosquitto.StartProcessAsync(cancellation) : null;
        using var workplace = new Workplace();
        var cuts = new List<Task>();
        var trust = new DemoTrust(workplace.PathOf("data"));
        trust.Prepare();
        var settings = new CellSettings { Seed = seed, Speed = scenario.Speed, PtyFolder = workplace.PathOf("ptys"), CobotOpcUa = OpcUa(scenario, trust) };
        var opened = TimeProvider.System.GetTimestamp();
        using var cell = scenario.Open(settings, (one, isBeginning) => cuts.Add(CutAsync(broker, one, isBeginning, cancellation)));
        trust.Establish("cell1", null);
        var times = new CellTimes();
        cell.Clock.Add(times);
        var http = FreePort.Next();
        var file = workplace.Write(Written(cell, broker, http));
        using var edge = EdgeProcess.Start(workplace.Folder, "run", file, "--json");
        var page = new EdgePage(http, edge);
        await page.ReadyAsync(cell, Patience, cancellation);

        // The clock of the cobot's OPC UA server stood still with the cell's, and is to tell the wall's time now.
        cell.CobotOpcUa?.JumpClock(TimeProvider.System.GetElapsedTime(opened));
        cell.Start(scenario.Ticks);
        await Until.TrueAsync("the cell to be over", TimeSpan.FromSeconds((2 * scenario.Ticks / scenario.Speed / SimulatedTime.TicksPerSecond) + 20), () => cell.Clock.Over.IsCancellationRequested, cancellation);
        await Task.WhenAll(cuts);
        await page.StoredAsync(Patience, cancellation);
        edge.Terminate();
        var exitCode = edge.WaitForExit(Patience);
        Assert.True(exitCode == 0, $"exit {exitCode}: {edge.Errors}");
        return new ScenarioRun
        {
            Configuration = EdgeConfiguration.Load(file).Configuration ?? throw new InvalidOperationException($"{file} was read by ifedge, and is not in order"),
            Journal = cell.Journal.Lines,
            Ledger = edge.Ledger(),
            Stored = StoredSeries.ReadAll(workplace.PathOf("data"), times),
            SlippedTicks = cell.Clock.SlippedTicks,
        };
    }

    /// <summary>Only where the cell's time passes as the wall's does: an OPC UA server's times would run away from an edge that believes them.</summary>
    private static UaDeviceSettings? OpcUa(Scenario scenario, DemoTrust trust) =>
        scenario.Speed == 1 ? new UaDeviceSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), DataFolder = trust.CobotFolder } : null;

    private static JsonObject Written(CellSimulator cell, Mosquitto? broker, int http)
    {
        var port = broker?.Port ?? FreePort.Next();
        return ScenarioConfiguration.Of(cell, broker is null ? new JsonObject { ["port"] = port } : null, $"mqtt://127.0.0.1:{port}", http);
    }

    /// <summary>Told on the clock's thread, which must not wait for a process.</summary>
    private static Task CutAsync(Mosquitto? broker, ScenarioEvent one, bool isBeginning, CancellationToken cancellation)
    {
        if (one.Kind.Device != CellFaults.Broker)
        {
            return Task.CompletedTask;
        }

        return isBeginning ? Task.Run(broker!.Kill, cancellation) : broker!.RestartAsync(cancellation);
    }
}
