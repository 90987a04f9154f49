using System.Diagnostics;
using System.Text.Json;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The cable pulled and put back, twenty times, under the running service.</summary>
public sealed class SerialUnplugProof
{
    private static readonly TimeSpan NoticeMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RecoverMax = TimeSpan.FromSeconds(2);

    /// <summary>How long the cable stays out: long enough to measure the service's CPU time while it looks for the port.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    [Fact]
    [Trait("Proof", "serial-unplug")]
    public async Task A_pulled_cable_is_noticed_and_a_returned_one_is_read_again_within_two_seconds()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var times = Proof.Length(20, 3);
        using var workplace = new Workplace();
        var port = workplace.PathOf("ttyTEST");
        var (brokerPort, httpPort) = (FreePort.Next(), FreePort.Next());
        var cell = Configurations.Cell(Configurations.Registers(Configurations.Serial(port), 10, "50ms"), $"mqtt://127.0.0.1:{brokerPort}", Configurations.Embedded(), httpPort);
        var file = workplace.Write(Configurations.WithBroker(cell, brokerPort));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}") };

        using var edge = EdgeProcess.Start(workplace.Folder, "run", file);
        var cable = SlaveOnPty.Plug(port);
        try
        {
            await Until.TrueAsync("the first values", TimeSpan.FromSeconds(30), stop => IsGoodAsync(client, stop), cancellation);

            await SettleAsync(client, cancellation);
            var handles = 0;
            var slowest = TimeSpan.Zero;
            var latestNotice = TimeSpan.Zero;
            var cpu = TimeSpan.Zero;
            for (var i = 0; i < times; i++)
            {
                cable.Dispose();
                latestNotice = Max(latestNotice, await MeasureAsync("the signals to go Bad", NoticeMax, async stop => !await IsGoodAsync(client, stop), cancellation));
                cpu += await CpuWhileAwayAsync(edge, cancellation);

                cable = SlaveOnPty.Plug(port);
                slowest = Max(slowest, await MeasureAsync("the signals to come back", RecoverMax, stop => IsGoodAsync(client, stop), cancellation));

                // The first time may open what stays open; from then on every round must give back what it took.
                handles = i == 0 ? edge.Handles : handles;
            }

            var cpuWhileAway = cpu / (times * Away);
            var leaked = edge.Handles - handles;
            Assert.True(leaked <= 0, $"{leaked} handles more than after the first time");
            Assert.True(cpuWhileAway < 0.05, $"{cpuWhileAway:P1} of a core while the cable was out");
            Proof.Say($"{times} times: noticed within {latestNotice.TotalSeconds:0.00} s, read again within {slowest.TotalSeconds:0.00} s, {cpuWhileAway * 100:0.0} % CPU while away, {Math.Max(leaked, 0)} handles leaked");
        }
        finally
        {
            cable.Dispose();
        }
    }

    /// <summary>The runtime compiles its busiest methods anew in the first seconds; what is measured is the service, not that.</summary>
    private static async Task SettleAsync(HttpClient client, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await Until.TrueAsync("six seconds", 2 * Settle, async stop => await IsGoodAsync(client, stop) && watch.Elapsed > Settle, cancellation);
    }

    private static async Task<TimeSpan> CpuWhileAwayAsync(EdgeProcess edge, CancellationToken cancellation)
    {
        // First a moment for what the questions about the signals set off.
        await Task.Delay(Quiet, TimeProvider.System, cancellation);
        var before = edge.Cpu;
        await Task.Delay(Away, TimeProvider.System, cancellation);
        return edge.Cpu - before;
    }

    private static async Task<TimeSpan> MeasureAsync(string what, TimeSpan limit, Func<CancellationToken, Task<bool>> holds, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await Until.TrueAsync(what, limit, holds, cancellation);
        return watch.Elapsed;
    }

    private static async Task<bool> IsGoodAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            var json = await client.GetStringAsync(new Uri("/values", UriKind.Relative), cancellation);
            var views = JsonSerializer.Deserialize(json, SignalViewJson.Default.IReadOnlyListSignalView)!;
            return views.All(view => view.Status == 0 && view.AgeMillis is >= 0 and < 500);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
