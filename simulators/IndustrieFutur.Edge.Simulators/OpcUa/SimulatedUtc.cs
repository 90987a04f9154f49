using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>The clock on the wall of a simulated device: the cell's virtual time, counted from the moment at which the device was made.</summary>
internal sealed class SimulatedUtc(DateTimeOffset start) : TimeProvider
{
    private const int NanosPerStep = 100;

    private long _virtualNanos;
    private long _jumpTicks;

    /// <summary>As OPC UA writes a time, see UaTime.</summary>
    public long Wire => UaTime.NowUtc(this);

    public override DateTimeOffset GetUtcNow() => start.AddTicks((Volatile.Read(ref _virtualNanos) / NanosPerStep) + Volatile.Read(ref _jumpTicks));

    public void Follow(in SimulatedTime now) => Volatile.Write(ref _virtualNanos, now.Nanos);

    /// <summary>A fault: somebody sets the clock.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumpTicks, by.Ticks);
}
