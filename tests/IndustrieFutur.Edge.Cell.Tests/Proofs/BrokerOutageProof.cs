using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The broker away for a day's worth of samples: with room on the disk the store misses none, without it the gaps say exactly which; and
/// while the backlog drains, live samples arrive as they always do.
/// </summary>
public sealed class BrokerOutageProof
{
    /// <summary>A hundred signals once a second, for a day.</summary>
    private const long Day = 24 * 3600 * OutageSite.Signals;

    /// <summary>By default, and the least that may be configured: four million samples.</summary>
    private const int LargeMegabytes = 4_096;
    private const int SmallMegabytes = 128;

    /// <summary>By default; and more, so that the second part does not take as long again.</summary>
    private const int ReplayUsual = 50_000;
    private const int ReplaySwift = 100_000;

    private const int LateMaxMillis = 2_000;
    private const long Mebi = 1 << 20;

    /// <summary>The folder itself, and what each file's last block is larger than it.</summary>
    private const long FolderBytes = Mebi;

    /// <summary>
    /// What either process may take beyond what it took before: the million samples of memory (32 MiB, and who of them is undecided), messages,
    /// what the collector leaves. It does not grow with the outage.
    /// </summary>
    private const long MoreMemoryMax = 128 * Mebi;

    /// <summary>Pending while only live samples are: a thousand a second, each stored within two, on a machine that does other things too.</summary>
    private const long LivePending = 5_000;

    /// <summary>For what takes a second or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>mosquitto writes down each 5 s who is subscribed.</summary>
    private static readonly TimeSpan UntilSaved = TimeSpan.FromSeconds(7);

    /// <summary>Before it dies it hangs: some messages are on their way then that nobody acknowledges.</summary>
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "broker-outage-24h")]
    public async Task After_a_day_without_a_broker_the_store_has_everything_but_what_the_gaps_say_and_live_samples_were_never_late()
    {
        var whole = await OutageAsync(LargeMegabytes, ReplayUsual, Proof.Length(Day, 300_000));
        if (!Proof.IsWhole)
        {
            Proof.Say(whole);
            return;
        }

        var bounded = await OutageAsync(SmallMegabytes, ReplaySwift, Day);
        Proof.Say($"{whole}; {bounded}");
    }

    private async Task<string> OutageAsync(int diskMegabytes, int replayPerSecond, long samples)
    {
        await using var site = await OutageSite.StartAsync(diskMegabytes, replayPerSecond, Cancellation);
        await LoseBrokerAsync(site);
        var (edge, historian) = (site.EdgeMemory.Now, site.HistorianMemory.Now);
        var fed = await FeedAsync(site, samples);
        var drained = await DrainAsync(site, samples);
        var (live, p99, most) = site.Witness.Lateness();

        site.EndMachine();
        var ledger = await site.Numbers.SettlesAsync(Patience, Cancellation);
        site.End(Patience);
        Say($"all has its fate");
        Assert.True(site.Witness.Wrong.Count == 0, string.Join("; ", site.Witness.Wrong));
        var (stored, dropped) = new OutageJudge(ledger, site.Witness, site.Data).Judge();
        Say($"judged");
        Assert.Equal(dropped > 0, diskMegabytes == SmallMegabytes);
        Assert.True(site.SpoolBytesMost <= (diskMegabytes * Mebi) + FolderBytes, $"the spool took {site.SpoolBytesMost} bytes of {diskMegabytes} MiB");
        Assert.True(most <= LateMaxMillis && live > 0, $"of {live} live samples one was {most} ms late");
        AssertBounded("the service", edge, site.EdgeMemory.Most);
        AssertBounded("the historian", historian, site.HistorianMemory.Most);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{stored + dropped} samples at {fed:0}/s with {diskMegabytes} MiB ({site.SpoolBytesMost / Mebi} taken): {stored} stored once, {dropped} dropped and each in a gap; drained in {drained.TotalSeconds:0} s ({site.Witness.Replayed / drained.TotalSeconds:0}/s), {live} live ones late by {p99} ms (p99), {most} ms (most), in the store by {site.Witness.StoredLateMillis} ms; memory at most {site.EdgeMemory.Most / Mebi} MiB ({edge / Mebi} before), of the historian {site.HistorianMemory.Most / Mebi} ({historian / Mebi})");
    }

    private static void AssertBounded(string who, long before, long most) =>
        Assert.True(most <= before + MoreMemoryMax, $"{who} took {most / Mebi} MiB, after {before / Mebi} MiB before the outage");

    private async Task LoseBrokerAsync(OutageSite site)
    {
        await site.Numbers.GrowsAsync("ifedge_samples_stored", Patience, Cancellation);
        await Task.Delay(UntilSaved, TimeProvider.System, Cancellation);
        site.Broker.Freeze();
        await Task.Delay(Hangs, TimeProvider.System, Cancellation);
        site.Broker.Kill();
        Say($"the broker is gone");
    }

    /// <summary>Returns samples a second.</summary>
    private async Task<double> FeedAsync(OutageSite site, long samples)
    {
        var (since, before, cpu) = (_clock.Elapsed, site.Machine.Reads, site.Edge.Cpu);
        site.Machine.Hurry();
        await Until.TrueAsync("a day to pass", TimeSpan.FromSeconds(samples / 5_000), () => IsFed(site, samples / OutageSite.Signals), Cancellation);
        site.Machine.Calm();
        var seconds = (_clock.Elapsed - since).TotalSeconds;
        var rate = (site.Machine.Reads - before) * OutageSite.Signals / seconds;
        Say($"{rate:0} samples/s for {seconds:0.0} s; the service used {(site.Edge.Cpu - cpu).TotalSeconds:0.0} s, {site.EdgeMemory.Now / Mebi} MiB; {site.SpoolBytesMost / Mebi} MiB on the disk");
        return rate;
    }

    private static bool IsFed(OutageSite site, long reads)
    {
        Assert.False(site.Edge.HasExited, site.Edge.Errors);
        return site.Machine.Reads >= reads;
    }

    /// <summary>Returns how long it took.</summary>
    private async Task<TimeSpan> DrainAsync(OutageSite site, long samples)
    {
        var dropped = await site.Numbers.SumAsync("ifedge_samples_dropped", Cancellation);
        await site.Broker.RestartAsync(Cancellation);
        site.Witness.BeginLateness();
        Assert.True(await site.Witness.ConnectAsync(Cancellation), "the broker has forgotten its subscriber");
        var (since, edge, historian) = (_clock.Elapsed, site.Edge.Cpu, site.Historian.Cpu);
        await Until.TrueAsync(
            "the backlog to drain",
            Patience + TimeSpan.FromSeconds(samples / 10_000),
            async token => await site.Numbers.SumAsync("ifedge_spool_pending", token) < LivePending,
            Cancellation);
        var took = _clock.Elapsed - since;
        dropped = await site.Numbers.SumAsync("ifedge_samples_dropped", Cancellation) - dropped;
        Say($"{dropped} dropped since the broker is back; drained in {took.TotalSeconds:0.0} s; CPU of the service {(site.Edge.Cpu - edge).TotalSeconds:0.0} s, of the historian {(site.Historian.Cpu - historian).TotalSeconds:0.0} s; {site.EdgeMemory.Now / Mebi} and {site.HistorianMemory.Now / Mebi} MiB");
        return took;
    }

    private void Say(FormattableString what) =>
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds:0.0} s: {what.ToString(CultureInfo.InvariantCulture)}"));
}
