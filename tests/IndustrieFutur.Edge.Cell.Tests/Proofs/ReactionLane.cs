using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>One cell whose cobot stops protectively again and again: the conveyor is to stop by itself, once each time, and a person sets all going again.</summary>
internal sealed class ReactionLane : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Long enough for whatever is wrongly set off to arrive: a hundred times what a reaction takes.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly ReactionMachines _machines;
    private readonly CommandSite _site;
    private readonly CancellationToken _cancellation;
    private readonly List<TimeSpan> _toTheMachine = [];
    private string _session = "";
    private int _ids;

    private ReactionLane(ReactionMachines machines, CommandSite site, CancellationToken cancellation) =>
        (_machines, _site, _cancellation) = (machines, site, cancellation);

    /// <summary>Stops that the reaction has given, each of which the machine has counted.</summary>
    public int Given { get; private set; }

    /// <summary>Protective stops that were to set off nothing.</summary>
    public int Silent { get; private set; }

    public static async Task<ReactionLane> StartAsync(bool isIsolated, CancellationToken cancellation)
    {
        var machines = new ReactionMachines();
        CommandSite? site = null;
        try
        {
            site = await CommandSite.StartAsync(isIsolated, cell => ReactionCell.Change(cell, machines), cancellation);
            var lane = new ReactionLane(machines, site, cancellation);
            await lane.LogInAsync();
            return lane;
        }
        catch
        {
            site?.Dispose();
            machines.Dispose();
            throw;
        }
    }

    /// <summary>A protective stop, the conveyor's one stop, and all set right again.</summary>
    public async Task StopAsync()
    {
        await SetGoingAsync();
        await FireAsync();
        await ReleaseAsync();
        await RearmAsync();
    }

    /// <summary>How long it took from the arrival of the sample to the order in the driver's inbox, by the service; and from the arm to the conveyor, by the machines.</summary>
    public async Task<string> LatencyAsync()
    {
        var latency = (await _site.Page.WholeStatusAsync(_cancellation))["reactions"]!["arrivalToInbox"]!;
        Assert.True(latency["count"]!.GetValue<long>() == Given, $"{Given} reactions, and the service has measured {latency["count"]}");
        string Millis(string key) => (latency[key]!.GetValue<long>() / 1e6).ToString("0.00", CultureInfo.InvariantCulture);
        var sorted = _toTheMachine.Order().ToArray();
        string Share(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1].TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
        return $"arrival to inbox p50 {Millis("p50Nanos")} ms, p99 {Millis("p99Nanos")} ms, max {Millis("maxNanos")} ms (tick 1 ms); arm to conveyor p50 {Share(0.5)} ms, p99 {Share(0.99)} ms, max {Share(1)} ms";
    }

    /// <summary>What has fired and was not armed again gives nothing, and says so.</summary>
    public async Task NotArmedAsync()
    {
        await SetGoingAsync();
        await FireAsync();
        await ReleaseAsync();
        await SetGoingAsync();
        await SilentAsync("waits for a person");
    }

    /// <summary>Armed while the stop is there, and the service started while it is: nothing rises, so nothing is given; the next rise is.</summary>
    public async Task TrueAtStartAsync()
    {
        await RearmAsync();
        await AssertNothingAsync("it was armed while the stop was there");
        _site.Stop();
        await ReleaseAsync();
        _machines.StopProtectively();
        Silent++;
        await _site.RunAsync(_cancellation);
        await LogInAsync();
        await SeesStopAsync(isStopped: true);
        await AssertNothingAsync("the stop was there when the service started");
        var reaction = await ReactionAsync();
        Assert.True((bool)reaction["armed"]! && (long)reaction["fired"]! == 0, reaction.ToJsonString());
        await ReleaseAsync();
        await StopAsync();
    }

    /// <summary>Above its cap, in which what it gave before a restart counts, it gives nothing and says so.</summary>
    public async Task CappedAsync()
    {
        const int more = 2;
        await _site.RestartAsync(cell => ReactionCell.Cap(cell, Given + more), _cancellation);
        await _site.ArmAsync(_cancellation);
        await LogInAsync();
        for (var i = 0; i < more; i++)
        {
            await StopAsync();
        }

        await SetGoingAsync();
        await SilentAsync("too often in this hour");
        await ReleaseAsync();
    }

    /// <summary>Each stop of the conveyor is one order of the reaction in the audit with one outcome, Confirmed; nothing else stopped it.</summary>
    public void Judge()
    {
        Assert.Equal((Given + Silent, Given, Given), (_machines.ProtectiveStops, _machines.StopsTold, _machines.StopsDone));
        _site.Stop();
        var audit = Path.Combine(_site.Data, "audit");
        var report = AuditVerifier.Verify(audit, "");
        Assert.True(report.Findings.Count == 0 && report.OpenOrders.Count == 0, $"{string.Join("; ", report.Findings)} {string.Join(' ', report.OpenOrders)}");
        var records = AuditReader.Read(audit).ToArray();
        var outcomes = records.Where(record => record.Kind == AuditKind.Outcome).ToLookup(record => record.Of);
        var orders = records.Where(record => record.Kind == AuditKind.Ordered && record.Command == ReactionCell.Stop).ToArray();
        Assert.Equal(Given, orders.Length);
        Assert.All(orders, order => Assert.Equal(
            ($"reaction:{ReactionCell.Reaction}", "reaction", "Confirmed"),
            (order.Who, order.Door, Assert.Single(outcomes[order.Sequence]).Outcome)));
        Assert.Equal(orders.Length, orders.Select(order => order.Id).Distinct().Count());
    }

    public void Dispose()
    {
        _site.Dispose();
        _machines.Dispose();
    }

    private async Task FireAsync()
    {
        var stopped = _machines.StopProtectively();
        await Until.TrueAsync("the conveyor to stop by itself", Patience, () => _machines.State == PackMlState.Stopped, _cancellation);
        _toTheMachine.Add(Stopwatch.GetElapsedTime(stopped, _machines.StopTimestamp));
        Given++;

        // For a stop the device is free at once; for anything else only when the outcome is known.
        await Until.TrueAsync("the outcome", Patience, async token => !await _site.Page.IsBusyAsync(ReactionCell.Reset, token), _cancellation);
        Assert.True(_machines.StopsTold == Given, $"{Given} protective stops were to stop the conveyor, and it was told to {_machines.StopsTold} times");
    }

    /// <summary>A protective stop that is to give nothing, because of what the reaction then says; that is in the audit too.</summary>
    private async Task SilentAsync(string why)
    {
        _machines.StopProtectively();
        Silent++;
        await Until.TrueAsync(
            $"the reaction to say \"{why}\"", Patience, async _ => ((string?)(await ReactionAsync())["last"])!.Contains(why, StringComparison.Ordinal), _cancellation);
        await AssertNothingAsync(why);
        Assert.Contains(
            AuditReader.Read(Path.Combine(_site.Data, "audit")),
            record => record.Kind == AuditKind.Reaction && record.Rule == "reaction" && record.Text.Contains(why, StringComparison.Ordinal));
    }

    private async Task AssertNothingAsync(string why)
    {
        var since = Stopwatch.GetTimestamp();
        await Until.TrueAsync("time to pass", 2 * Quiet, () => Stopwatch.GetElapsedTime(since) > Quiet, _cancellation);
        Assert.True(_machines.StopsTold == Given && _machines.State != PackMlState.Stopped, $"{why}, and yet the conveyor was stopped: {_machines.StopsTold} of {Given}, {_machines.State}");
    }

    /// <summary>A person at the pendant, as soon as the arm lets a stop be released.</summary>
    private Task ReleaseAsync() => Until.TrueAsync("the stop to be released", Patience, _machines.TryRelease, _cancellation);

    private async Task RearmAsync()
    {
        var (status, answer) = await _site.Page.PostAsync($"reactions/{ReactionCell.Reaction}:arm", _session, [], _cancellation);
        Assert.True(status == HttpStatusCode.OK && (bool?)answer["done"] == true, answer.ToJsonString());
    }

    /// <summary>A person sets the conveyor going again, by commands of its own.</summary>
    private async Task SetGoingAsync()
    {
        await SeesStopAsync(isStopped: false);

        // A belt that has no room, or a jam, waits by itself and goes on by itself: nobody resets it.
        await Until.TrueAsync(
            "the conveyor to run or to wait for somebody", Patience, () => _machines.IsRunning || _machines.State is PackMlState.Stopped or PackMlState.Idle, _cancellation);
        if (_machines.IsRunning)
        {
            return;
        }

        await GiveAsync(ReactionCell.Reset);
        await GiveAsync(ReactionCell.Start);
        await Until.TrueAsync("the conveyor to run", Patience, () => _machines.IsRunning, _cancellation);
    }

    private Task SeesStopAsync(bool isStopped) => Until.TrueAsync(
        $"the gate to see the arm {(isStopped ? "stopped" : "released")}",
        Patience,
        async token => (await _site.Page.StatesAsync(ReactionCell.Reset, token))[0] == (isStopped ? "fails" : "holds"),
        _cancellation);

    /// <summary>A busy machine may hold the whole cell for longer than a value is fresh: that is refused by right, and asked again.</summary>
    private async Task GiveAsync(string command)
    {
        const int triesMax = 10;
        for (var tries = 1; ; tries++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"person-{++_ids}");
            var (_, answer) = await _site.Page.SubmitAsync(_session, command, id, [], _cancellation);
            if ((string?)answer["outcome"] == "confirmed")
            {
                return;
            }

            Assert.True((string?)answer["code"] is "interlock" or "safety" && tries < triesMax, answer.ToJsonString());
        }
    }

    private async Task<JsonObject> ReactionAsync() => (await _site.Page.StatusAsync(_cancellation))["reactions"]![0]!.AsObject();

    private async Task LogInAsync() => _session = await _site.Page.LogInAsync(CommandSite.Operator, CommandSite.Password, _cancellation);
}
