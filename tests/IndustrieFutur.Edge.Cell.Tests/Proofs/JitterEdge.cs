using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>An edge whose sampler ticks at 1 kHz beside its publishing service, and is held while others are measured.</summary>
internal sealed class JitterEdge : IDisposable
{
    public const int Cpu = 1;

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(20);

    /// <summary>After a hold the robot's stream is opened anew.</summary>
    private static readonly TimeSpan Settling = Proof.Length(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));

    private readonly EdgeProcess _edge;

    private JitterEdge(EdgeProcess edge, SharedLoop loop)
    {
        _edge = edge;
        Loop = loop;
    }

    public SharedLoop Loop { get; }

    public int Sampler => Loop.Join.SamplerProcess;

    public static async Task<JitterEdge> StartAsync(Workplace workplace, int rtdePort, int brokerPort, string spin, CancellationToken cancellation)
    {
        var file = workplace.Write(Written(rtdePort, brokerPort, spin));
        var edge = EdgeProcess.Start(workplace.Folder, "run", file);
        SharedLoop? loop = null;
        await Until.TrueAsync("the sampler to tick", StartMax, () => edge.HasExited || (loop = SharedLoop.TryOpen(workplace.PathOf("data"))) is not null, cancellation);
        return new JitterEdge(edge, loop ?? throw new InvalidOperationException($"ifedge has ended: {edge.Errors}"));
    }

    /// <summary>The sampler is let go, measured for a time, and held again.</summary>
    public async Task<LoopReading> MeasureAsync(TimeSpan span, CancellationToken cancellation)
    {
        Signal("CONT", Sampler);
        await Task.Delay(Settling, TimeProvider.System, cancellation);
        var reading = await ReadAsync(span, cancellation);
        Hold();
        return reading;
    }

    public async Task<LoopReading> ReadAsync(TimeSpan span, CancellationToken cancellation)
    {
        var before = LoopReading.Of(Loop.Gauges, MonoClock.NowNanos());
        await Task.Delay(span, TimeProvider.System, cancellation);
        return LoopReading.Of(Loop.Gauges, MonoClock.NowNanos()).Since(before);
    }

    public void Hold() => Signal("STOP", Sampler);

    public void Go() => Signal("CONT", Sampler);

    /// <summary>The service stands still for a time; the sampler is measured meanwhile.</summary>
    public async Task<LoopReading> WithoutServiceAsync(TimeSpan span, CancellationToken cancellation)
    {
        Signal("STOP", _edge.Id);
        var reading = await ReadAsync(span, cancellation);
        Signal("CONT", _edge.Id);
        return reading;
    }

    public void Dispose()
    {
        Go();
        _edge.Terminate();
        _edge.WaitForExit(StartMax);
        _edge.Dispose();
        Loop.Dispose();
    }

    private static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static JsonObject Written(int rtdePort, int brokerPort, string spin)
    {
        var signals = new JsonObject { ["timestamp"] = new JsonObject { ["field"] = "timestamp" } };
        foreach (var (field, joint) in from field in (string[])["actual_q", "actual_qd", "actual_current"] from joint in Enumerable.Range(0, 6) select (field, joint))
        {
            signals[$"{field}.{joint}"] = new JsonObject { ["field"] = field, ["index"] = joint };
        }

        var device = new JsonObject
        {
            ["driver"] = "rtde",
            ["tcp"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = rtdePort },
            ["frequency"] = 500,
            ["groups"] = new JsonObject { ["all"] = new JsonObject { ["signals"] = signals } },
        };
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{brokerPort}", Configurations.Embedded());
        cell["sampling"] = new JsonObject { ["tick"] = "1ms", ["sampler"] = "isolated", ["spin"] = spin, ["cpu"] = Cpu };
        return cell;
    }
}
