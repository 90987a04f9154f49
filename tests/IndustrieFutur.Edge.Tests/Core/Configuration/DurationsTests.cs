using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Tests.Core.Configuration;

/// <summary>Durations carry their unit, in both directions.</summary>
public sealed class DurationsTests
{
    [Theory]
    [InlineData("500us", 500)]
    [InlineData("500ms", 500_000)]
    [InlineData("2s", 2_000_000)]
    [InlineData("0.5s", 500_000)]
    [InlineData("1m", 60_000_000)]
    [InlineData("1h", 3_600_000_000)]
    [InlineData("1d", 86_400_000_000)]
    [InlineData("0s", 0)]
    public void A_number_with_a_unit_is_a_duration(string text, long micros)
    {
        Assert.True(Durations.TryParse(text, out var duration, out _));
        Assert.Equal(micros, duration.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    [Theory]
    [InlineData("", "is no duration")]
    [InlineData("50", "has no unit; write \"50ms\" or \"50s\"")]
    [InlineData("-5s", "is no duration")]
    [InlineData("5 s", "is no duration")]
    [InlineData("s", "is no duration")]
    [InlineData("1.2.3s", "is no duration")]
    [InlineData("5S", "is no duration")]
    [InlineData("99999999999999999999999999999999999999999d", "is no duration")]
    [InlineData("36501d", "is longer than a hundred years")]
    public void Anything_else_is_told_what_to_write(string text, string expected)
    {
        Assert.False(Durations.TryParse(text, out _, out var error));
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("50ms")]
    [InlineData("1500ms")]
    [InlineData("2s")]
    [InlineData("90s")]
    [InlineData("1h")]
    [InlineData("1d")]
    [InlineData("0s")]
    [InlineData("250us")]
    public void A_duration_is_written_as_an_integrator_would(string text)
    {
        Assert.True(Durations.TryParse(text, out var duration, out _));
        Assert.Equal(text, Durations.Format(duration));
    }
}
