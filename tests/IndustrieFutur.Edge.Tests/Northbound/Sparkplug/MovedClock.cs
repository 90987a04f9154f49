namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>A clock that passes when it is moved.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Move(TimeSpan time) => _ticks += time.Ticks;
}
