using System.Globalization;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What a client has used and received at one instant, or between two.</summary>
/// <param name="MonoNanos">When it was read.</param>
/// <param name="CpuNanos">All threads of its process, the kernel's work for it included.</param>
/// <param name="Values">As the client itself counts them.</param>
internal readonly record struct OpcUaReading(long MonoNanos, long CpuNanos, long Values)
{
    public double ValuesPerSecond => Values * 1e9 / MonoNanos;

    /// <summary>Of a core: 1 is all of it.</summary>
    public double Load => (double)CpuNanos / MonoNanos;

    /// <summary>Microseconds of CPU per value, without what the same client uses when nothing comes.</summary>
    public double MicrosPerValue(double idleLoad) => (CpuNanos - (idleLoad * MonoNanos)) / Values / 1_000;

    public static OpcUaReading Of(BenchChild client)
    {
        var values = long.Parse(client.Ask("count"), CultureInfo.InvariantCulture);
        return new OpcUaReading(MonoClock.NowNanos(), client.CpuNanos, values);
    }

    /// <summary>What one client, or several at once, did during the same span.</summary>
    public static OpcUaReading[] During(TimeSpan span, params BenchChild[] clients)
    {
        var before = Array.ConvertAll(clients, Of);
        Pacer.SleepUntil(MonoClock.NowNanos() + (span.Ticks * 100));
        return [.. clients.Zip(before, (client, start) => Of(client).Since(start))];
    }

    private OpcUaReading Since(OpcUaReading start) =>
        new(MonoNanos - start.MonoNanos, CpuNanos - start.CpuNanos, Values - start.Values);
}
