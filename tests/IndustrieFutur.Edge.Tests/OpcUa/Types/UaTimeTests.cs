using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types;

/// <summary>The wire's DateTime and the nanoseconds since 1970.</summary>
public sealed class UaTimeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_764_000_000_123_456_700)]
    [InlineData(-86_400_000_000_000)]
    public void Nanoseconds_come_back_in_steps_of_a_hundred(long utcNanos)
    {
        Assert.Equal(utcNanos, UaTime.ToUtcNanos(UaTime.FromUtcNanos(utcNanos)));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    public void A_time_beyond_reach_becomes_the_end_and_does_not_overflow(long wire)
    {
        var nanos = UaTime.ToUtcNanos(wire);

        Assert.Equal(wire > 0, nanos > 0);
    }

    [Fact]
    public void The_calendar_has_a_beginning_and_an_end()
    {
        Assert.Equal(DateTime.MinValue, UaTime.ToDateTime(0));
        Assert.Equal(DateTime.MinValue, UaTime.ToDateTime(-5));
        Assert.Equal(DateTime.MaxValue, UaTime.ToDateTime(long.MaxValue));
        Assert.Equal(DateTime.UnixEpoch, UaTime.ToDateTime(UaTime.UnixEpoch));
    }
}
