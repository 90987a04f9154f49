using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Historian;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Three nodes of nats-server under load, each killed (-9) in turn and started again: the historian far away has every sample, once, also where the
/// cluster loses what it has acknowledged (of the other cells, plain publishers, 9 of some 100,000 messages in one run of thirty).
/// </summary>
public sealed class ClusterKillProof
{
    private const string Acknowledged = "ifedge_sink_acknowledged";
    private const string Stored = "ifedge_samples_stored";

    /// <summary>Share of the processors' time from which on it is the machine that takes no more.</summary>
    private const double FullMachine = 0.85;

    /// <summary>
    /// An election takes up to 9 s, a client that asks in its middle is kept waiting for 5 s, and one whose subscription hangs on a node that does not
    /// follow goes elsewhere after 30 s; the rest is for a busy machine.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>After it nothing is on its way any more; half of the shortest patience of edge and historian, 15 s, at most.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(4);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Of 10,000 samples a second each, in messages of 100.</summary>
    private const int Machines = 2;

    /// <summary>Of the site's other cells, so that with ours it is a little above 2,500: two processors have three nodes, edge, historian and all cells on them.</summary>
    private static int OtherMessages => Proof.Length(2_400, 300);

    /// <summary>Messages a second that must be reached between two kills; the brief form lasts no whole second.</summary>
    private static double RateMin => Proof.Length(2_250, 0);

    /// <summary>Enough too, when three nodes and their clients leave the machine nothing (the peer that this rate is of could not be pushed past 2,700).</summary>
    private static double FullMachineRateMin => Proof.Length(1_500, 0);

    /// <summary>How long the load is measured before each kill.</summary>
    private static TimeSpan Load => Proof.Length(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "cluster-kill")]
    public async Task Each_node_of_a_cluster_killed_in_turn_costs_no_sample()
    {
        await using var cluster = await NatsCluster.StartAsync(Cancellation);
        await using var others = new OtherCells(cluster, OtherMessages);
        using var site = new ClusterSite(cluster, Machines);
        await FlowsAsync(site);
        await others.ReadyAsync(Patience, Cancellation);
        others.Begin();
        var restarted = 0;
        var (rates, pauses) = (new List<(double Messages, double Busy)>(), new List<double>());
        foreach (var node in cluster.Nodes)
        {
            rates.Add(await RateAsync(site, others));
            Say($"{rates[^1].Messages:0} messages/s, the processors {rates[^1].Busy:P0} busy; {node.Url} is killed");
            node.Kill();
            var killed = _clock.Elapsed;
            await node.RestartAsync(Cancellation);

            // The brief form does not wait for the cluster either: the next node falls while the streams still look for a leader.
            if (Proof.IsWhole)
            {
                await FlowsAsync(site);
                pauses.Add((_clock.Elapsed - killed).TotalSeconds);
                restarted += await cluster.UntilWholeAsync(Cancellation);
                Say($"stored again after {pauses[^1]:0.0} s");
            }
        }

        await FlowsAsync(site);
        var rescues = Proof.IsWhole ? await RescuesAsync(cluster, site) : [];
        var lost = await others.EndAsync(Patience, Cancellation);
        site.EndMachines();
        Say($"the machines have ended");
        var ledger = await site.Numbers.SettlesAsync(2 * Patience, Cancellation);
        Say($"all is stored");
        var messages = await site.Numbers.SumAsync(Acknowledged, Cancellation);
        End(site);

        var samples = Judge(ledger, site);
        var (most, busy) = rates.Max();
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{most:0} messages/s with all nodes up{(Proof.IsWhole ? $", {rates.Min().Messages:0} at least" : "")}, the processors {busy:P0} busy ({messages} of our edge in all, {others.Acknowledged} of other cells), 3 nodes killed (-9) in turn: {samples} samples, 0 lost, 0 doubled, ledger balanced and settled; of the others, whom no watermark protects, the cluster lost {lost} that it had acknowledged{(pauses.Count > 0 ? $"; nothing stored for {pauses.Max():0.0} s at most" : "")}{(restarted > 0 ? $"; {restarted} nodes had stopped following the others and were started again" : "")}{(rescues.Count > 0 ? $"; a subscription that the cluster forgot is made anew and all goes on after {rescues[0]:0.0} s (the edge's), {rescues[1]:0.0} s (the historian's)" : "")}"));
        Assert.True(
            most >= (busy >= FullMachine ? FullMachineRateMin : RateMin),
            $"{most:0} messages/s at most, with the processors {busy:P0} busy; {RateMin} are asked for, or {FullMachineRateMin} where the machine takes no more.");
    }

    /// <summary>Waits until the historian's word moves.</summary>
    private static async Task FlowsAsync(ClusterSite site)
    {
        try
        {
            await site.Numbers.GrowsAsync(Stored, Patience, Cancellation);
        }
        catch (TimeoutException stuck)
        {
            throw new TimeoutException($"{stuck.Message}\nThe edge says: {site.Edge.Errors}{site.Edge.Output}\nThe historian says: {site.Historian.Errors}{site.Historian.Output}", stuck);
        }
    }

    /// <summary>
    /// Seconds until samples are stored again after the cluster has forgotten, without a word, what the edge listens to (the watermarks), and what the
    /// historian does (the samples). Their connections live on.
    /// </summary>
    private async Task<IReadOnlyList<double>> RescuesAsync(NatsCluster cluster, ClusterSite site)
    {
        var rescues = new List<double>();
        foreach (var listened in new[] { "edge.v1.la-roche.cell1.stored.*", "edge.v1.la-roche.cell1.*.telemetry" })
        {
            await cluster.LoseSubscriptionsAsync(listened, Cancellation);
            var since = _clock.Elapsed;
            await Task.Delay(OnTheWay, TimeProvider.System, Cancellation);
            var before = await site.Numbers.SumAsync(Stored, Cancellation);
            await Task.Delay(OnTheWay, TimeProvider.System, Cancellation);
            Assert.Equal(before, await site.Numbers.SumAsync(Stored, Cancellation));
            await FlowsAsync(site);
            rescues.Add((_clock.Elapsed - since).TotalSeconds);
            Say($"{listened} was forgotten; stored again after {rescues[^1]:0.0} s");
        }

        return rescues;
    }

    /// <summary>Messages a second that the brokers acknowledge, and how busy the machine was with it.</summary>
    private async Task<(double Messages, double Busy)> RateAsync(ClusterSite site, OtherCells others)
    {
        var load = new ProcessorLoad();
        var (since, before) = (_clock.Elapsed, await site.Numbers.SumAsync(Acknowledged, Cancellation) + others.Acknowledged);
        await Task.Delay(Load, TimeProvider.System, Cancellation);
        var messages = await site.Numbers.SumAsync(Acknowledged, Cancellation) + others.Acknowledged - before;
        return (messages / (_clock.Elapsed - since).TotalSeconds, load.Busy());
    }

    private static void End(ClusterSite site)
    {
        foreach (var process in new[] { site.Edge, site.Historian })
        {
            process.Terminate();
            var exitCode = process.WaitForExit(Patience);
            Assert.True(exitCode == 0, $"exit {exitCode}: {process.Errors}");
        }
    }

    /// <summary>Every signal: as many samples in the store as the ledger has, in their order. Returns how many samples that are.</summary>
    private static long Judge(JsonObject ledger, ClusterSite site)
    {
        var total = ledger["total"]!;
        Assert.True(ledger["balanced"]!.GetValue<bool>(), $"{total} {site.Edge.Errors}");
        Assert.Equal((0, 0), (total["dropped"]!.GetValue<long>(), total["refused"]!.GetValue<long>()));
        var (signals, seen, samples) = (ledger["signals"]!.AsObject(), 0, 0L);
        site.EachStored((signal, stored) =>
        {
            var produced = signals[signal]!["produced"]!.GetValue<long>();
            Assert.True(stored.Count == produced, $"{signal}: {produced} produced, {stored.Count} in the store");
            Assert.True(FirstJump(stored) is null, $"{signal}: {FirstJump(stored)}");
            seen++;
            samples += produced;
        });
        Assert.Equal(signals.Count, seen);
        return samples;
    }

    /// <summary>Where a count does not go on by one, though nothing says that the machine was away in between; null: nowhere.</summary>
    private static string? FirstJump(IReadOnlyList<StoredSample> stored)
    {
        var (before, wasAway) = (-1.0, false);
        foreach (var sample in stored)
        {
            if (!StoredSeries.IsGood(sample))
            {
                wasAway = true;
                continue;
            }

            if (sample.AsDouble != before + 1 && (!wasAway || sample.AsDouble <= before))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{sample.AsDouble} comes after {before}");
            }

            (before, wasAway) = (sample.AsDouble, false);
        }

        return null;
    }

    private void Say(FormattableString what) =>
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds:0.0} s: {what.ToString(CultureInfo.InvariantCulture)}"));
}
