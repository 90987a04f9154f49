using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Three nodes of nats-server under load, each killed (-9) in turn and started again: the historian far away has every sample, once.</summary>
public sealed class ClusterKillProof
{
    private const string Acknowledged = "ifedge_sink_acknowledged";
    private const string Stored = "ifedge_samples_stored";

    /// <summary>An election takes up to 9 s, and a client that asks in its middle is kept waiting for 5 s; the rest is for a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Machines of 100 messages a second each.</summary>
    private static int Machines => Proof.Length(6, 2);

    /// <summary>How long the load is measured before each kill.</summary>
    private static TimeSpan Load => Proof.Length(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "cluster-kill")]
    public async Task Each_node_of_a_cluster_killed_in_turn_costs_no_sample()
    {
        await using var cluster = await NatsCluster.StartAsync(Cancellation);
        using var site = new ClusterSite(cluster, Machines);
        await FlowsAsync(site);
        var (rates, pauses) = (new List<double>(), new List<double>());
        foreach (var node in cluster.Nodes)
        {
            rates.Add(await RateAsync(site));
            Say($"{rates[^1]:0} messages/s; {node.Url} is killed");
            node.Kill();
            var killed = _clock.Elapsed;
            await node.RestartAsync(Cancellation);

            // The brief form does not wait for the cluster either: the next node falls while the streams still look for a leader.
            if (Proof.IsWhole)
            {
                await FlowsAsync(site);
                pauses.Add((_clock.Elapsed - killed).TotalSeconds);
                await cluster.UntilWholeAsync(Cancellation);
                Say($"stored again after {pauses[^1]:0.0} s");
            }
        }

        await FlowsAsync(site);
        site.EndMachines();
        Say($"the machines have ended");
        await Until.TrueAsync("all samples to be stored", 2 * Patience, async token => await site.Numbers.SumAsync("ifedge_spool_pending", token) == 0, Cancellation);
        Say($"all is stored");
        var ledger = await site.Numbers.LedgerAsync(Cancellation);
        var messages = await site.Numbers.SumAsync(Acknowledged, Cancellation);
        await EndAsync(site);

        var samples = Judge(ledger, site);
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{samples} samples in {messages} messages ({rates.Max():0}/s with all nodes up), 3 nodes killed (-9) in turn: 0 lost, 0 doubled, ledger balanced and settled{(pauses.Count > 0 ? $"; nothing stored for {pauses.Max():0.0} s at most" : "")}"));
    }

    /// <summary>Waits until the historian's word moves.</summary>
    private static async Task FlowsAsync(ClusterSite site)
    {
        var before = long.MaxValue;
        await Until.TrueAsync(
            "the historian to store",
            Patience,
            async token =>
            {
                var (was, now) = (before, await site.Numbers.SumAsync(Stored, token));
                before = now;
                return now > was;
            },
            Cancellation);
    }

    /// <summary>Messages a second that the brokers acknowledge.</summary>
    private async Task<double> RateAsync(ClusterSite site)
    {
        var (since, before) = (_clock.Elapsed, await site.Numbers.SumAsync(Acknowledged, Cancellation));
        await Task.Delay(Load, TimeProvider.System, Cancellation);
        return (await site.Numbers.SumAsync(Acknowledged, Cancellation) - before) / (_clock.Elapsed - since).TotalSeconds;
    }

    private static async Task EndAsync(ClusterSite site)
    {
        foreach (var process in new[] { site.Edge, site.Historian })
        {
            process.Terminate();
            var exitCode = process.WaitForExit(Patience);
            Assert.True(exitCode == 0, $"exit {exitCode}: {process.Errors}");
            await Task.Yield();
        }
    }

    /// <summary>Every signal: as many in the store as the ledger has, each one up from the one before. Returns how many samples that are.</summary>
    private static long Judge(JsonObject ledger, ClusterSite site)
    {
        var total = ledger["total"]!;
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>(), $"{total} {site.Edge.Errors}");
        Assert.Equal((0, 0), (total["dropped"]!.GetValue<long>(), total["refused"]!.GetValue<long>()));
        var rows = site.Rows();
        var samples = 0L;
        foreach (var signal in site.Signals)
        {
            var (stored, produced) = (rows[signal], ledger["signals"]![signal]!["produced"]!.GetValue<long>());
            Assert.True(stored.Count == produced, $"{signal}: {produced} produced, {stored.Count} in the store");

            // The last one says that the machine has gone, and has no value of its own.
            var counted = stored.SkipLast(1).Select((value, index) => value - index).ToArray();
            Assert.True(Array.TrueForAll(counted, offset => offset == 0), $"{signal}: the first jump is at {Array.FindIndex(counted, offset => offset != 0)} of {counted.Length}");
            samples += produced;
        }

        return samples;
    }

    private void Say(FormattableString what) =>
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds:0.0} s: {what.ToString(CultureInfo.InvariantCulture)}"));
}
