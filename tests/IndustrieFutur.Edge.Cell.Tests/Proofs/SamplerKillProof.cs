using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The service killed (-9) while its sampler samples at 1 kHz: the loop does not notice, and the store misses no package of the robot. Then
/// the sampler killed: it is back within a second, and the store shows the gap.
/// </summary>
public sealed class SamplerKillProof
{
    private const long StepMicros = 2_000;

    /// <summary>
    /// In the median of the rounds: a host that takes the machine away for a moment counts in one window and not in the other (0 to 55 ticks
    /// without a kill, seen beside other work), and the brief form has but one round.
    /// </summary>
    private static int MissedMoreMax => Proof.Length(2, 50);

    /// <summary>The brief form runs beside other work, which a start takes its time from.</summary>
    private static TimeSpan BackMax => Proof.Length(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    /// <summary>A service that starts again, its broker and its store: seconds on a busy machine.</summary>
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(3);

    private static (int Kills, TimeSpan Window) Size => Proof.Length((5, TimeSpan.FromSeconds(20)), (1, TimeSpan.FromSeconds(5)));

    [Fact]
    [Trait("Proof", "sampler-kill")]
    public async Task A_killed_service_loses_nothing_and_a_killed_sampler_is_back_at_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var mosquitto = await Mosquitto.StartProcessAsync(cancellation);
        using var workplace = new Workplace();
        var arm = new CobotArm(new CobotSettings(), new Journal());
        using var server = new RtdeServer(arm, new IPEndPoint(IPAddress.Loopback, 0));
        using var clock = new SimulationClock();
        clock.Add(arm);
        clock.Add(server);
        clock.Start();
        var file = workplace.Write(Written(server.EndPoint.Port, mosquitto.Port));
        var data = workplace.PathOf("data");

        var edge = EdgeProcess.Start(workplace.Folder, "run", file);
        using var loop = await OpenAsync(data, edge, cancellation);
        var sampler = loop.Join.SamplerProcess;
        var missed = new List<(long Quiet, long Killed)>();
        for (var kill = 0; kill < Size.Kills; kill++)
        {
            var quiet = await MissedAsync(loop, () => { }, cancellation);
            var killed = await MissedAsync(
                loop,
                () =>
                {
                    KillHard(edge.Id);
                    edge.Dispose();
                    edge = EdgeProcess.Start(workplace.Folder, "run", file);
                },
                cancellation);
            missed.Add((quiet, killed));
            await StoresAsync(workplace, data, edge, cancellation);
        }

        Assert.Equal((sampler, 1), (loop.Join.SamplerProcess, loop.Join.Starts));
        var gaps = new List<double>();
        for (var kill = 0; kill < Size.Kills; kill++)
        {
            var starts = loop.Join.Starts;
            KillHard(loop.Join.SamplerProcess);
            await Until.TrueAsync("the sampler to sample again", StartMax, () => loop.Join.Starts > starts, cancellation);
            var (from, to) = loop.Join.LastGap;
            gaps.Add((to - from) / 1e6);
            await Task.Delay(Apart, TimeProvider.System, cancellation);
        }

        edge.Terminate();
        var exitCode = edge.WaitForExit(StartMax);
        Assert.True(exitCode == 0, $"exit {exitCode}: {edge.Errors}");
        edge.Dispose();
        var stoppedUtcNanos = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        await DrainAsync(workplace, file);
        var (values, jumps, marks) = Judge(data, stoppedUtcNanos);
        var more = missed.Select(pair => pair.Killed - pair.Quiet).Order().ElementAt(missed.Count / 2);

        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{Size.Kills} kills of the service at 1 kHz: missed ticks {string.Join(", ", missed.Select(pair => $"{pair.Killed} ({pair.Quiet} without)"))}, in the median {more} more; {values} packages stored, {jumps} places where some are missing, all at a kill of the sampler; {Size.Kills} kills of the sampler: gaps of {string.Join(", ", gaps.Select(gap => $"{gap:0}"))} ms, {marks} marks in the store"));
        Assert.True(more <= MissedMoreMax, $"{more} ticks more are missed with a kill than without, in the median of the rounds");
        Assert.All(gaps, gap => Assert.True(gap <= BackMax.TotalMilliseconds, $"a gap of {gap} ms"));
        Assert.InRange(jumps, 1, Size.Kills);
        Assert.Equal(Size.Kills, marks);
    }

    private static async Task<SharedLoop> OpenAsync(string data, EdgeProcess edge, CancellationToken cancellation)
    {
        SharedLoop? loop = null;
        await Until.TrueAsync("the sampler to tick", StartMax, () => edge.HasExited || (loop = SharedLoop.TryOpen(data)) is not null, cancellation);
        return loop ?? throw new InvalidOperationException($"ifedge has ended: {edge.Errors}");
    }

    /// <summary>Ticks missed in a window, at whose beginning something is done.</summary>
    private static async Task<long> MissedAsync(SharedLoop loop, Action atBeginning, CancellationToken cancellation)
    {
        var before = loop.Gauges.Missed;
        var since = Stopwatch.GetTimestamp();
        atBeginning();
        await Task.Delay(Size.Window - Stopwatch.GetElapsedTime(since), TimeProvider.System, cancellation);
        return loop.Gauges.Missed - before;
    }

    /// <summary>The new service stores: what the ring held is on its way, and the next kill is one more case.</summary>
    private static async Task StoresAsync(Workplace workplace, string data, EdgeProcess edge, CancellationToken cancellation)
    {
        var before = StoredRows.Count(data);
        await Until.TrueAsync("the new service to store", StartMax, () => edge.HasExited || StoredRows.Count(data) > before, cancellation);
        Assert.False(edge.HasExited, $"ifedge in {workplace.Folder} has ended: {edge.Errors}");
    }

    /// <summary>One more run stores what the last one saved at its stop.</summary>
    private static async Task DrainAsync(Workplace workplace, string file)
    {
        await Task.Yield();
        using var edge = EdgeProcess.Start(workplace.Folder, "run", file, "--for", "2s", "--json");
        var exitCode = edge.WaitForExit(TimeSpan.FromSeconds(60));
        var ledger = edge.Ledger();
        Assert.True(exitCode == 0 && ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>(), $"exit {exitCode}: {ledger} {edge.Errors}");
    }

    /// <summary>The controller's timestamps in the store up to the stop: how many, at how many places some are missing, and how many marks of a gap lie between them.</summary>
    private static (int Values, int Jumps, int Marks) Judge(string data, long stoppedUtcNanos)
    {
        var (values, jumps, marks, before) = (0, 0, 0, double.NaN);
        foreach (var sample in StoredRows.Samples(data, "plc/timestamp").Where(sample => sample.SourceUtcNanos < stoppedUtcNanos))
        {
            if (!StoredSeries.IsGood(sample))
            {
                marks += StoredSeries.IsUncertain(sample) ? 1 : 0;
                continue;
            }

            var step = (long)Math.Round((sample.AsDouble - before) * 1e6);
            jumps += double.IsNaN(before) || step == StepMicros ? 0 : 1;
            before = sample.AsDouble;
            values++;
        }

        return (values, jumps, marks);
    }

    private static JsonObject Written(int rtdePort, int brokerPort)
    {
        var device = new JsonObject
        {
            ["driver"] = "rtde",
            ["tcp"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = rtdePort },
            ["frequency"] = 500,
            ["groups"] = new JsonObject
            {
                ["all"] = new JsonObject
                {
                    ["signals"] = new JsonObject
                    {
                        ["timestamp"] = new JsonObject { ["field"] = "timestamp" },
                        ["q0"] = new JsonObject { ["field"] = "actual_q", ["index"] = 0 },
                    },
                },
            },
        };
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{brokerPort}", Configurations.Embedded());
        cell["sampling"] = new JsonObject { ["tick"] = "1ms", ["sampler"] = "isolated", ["ringSamples"] = 65_536 };
        return cell;
    }

    private static void KillHard(int process)
    {
        using var victim = Process.GetProcessById(process);
        victim.Kill();
        victim.WaitForExit();
    }
}
