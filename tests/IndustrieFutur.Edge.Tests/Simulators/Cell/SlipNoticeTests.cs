using IndustrieFutur.Edge.Simulators.Cell;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Simulators.Cell;

/// <summary>Whoever runs a simulator hears that its clock lost time, and does not hear it all the time.</summary>
public sealed class SlipNoticeTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StringWriter _said = new();
    private TimeSpan _slipped;

    public void Dispose() => _said.Dispose();

    [Fact]
    public void A_clock_that_loses_nothing_is_not_spoken_of()
    {
        var notice = Notice();

        Look(notice, seconds: 300);
        notice.Tell();

        Assert.Empty(Lines());
    }

    [Fact]
    public void The_first_loss_is_told_at_once_and_in_French_first()
    {
        var notice = Notice();
        _slipped = TimeSpan.FromMilliseconds(1_234);

        notice.Look();

        var line = Assert.Single(Lines());
        Assert.StartsWith("horloge simulée : 1234 ms perdues (1234 ms en tout), ", line, StringComparison.Ordinal);
        Assert.Contains(" / simulated clock: 1234 ms lost (1234 ms in all), ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_lost_after_it_is_told_once_a_minute_and_in_sum()
    {
        var notice = Notice();
        for (var second = 0; second < 150; second++)
        {
            _slipped += TimeSpan.FromMilliseconds(10);
            Look(notice, seconds: 1);
        }

        Assert.Equal(["10 ms lost (10 ms", "600 ms lost (610 ms", "600 ms lost (1210 ms"], Lines().Select(line => line.Split("simulated clock: ")[1].Split(" in all")[0]));
    }

    [Fact]
    public void At_the_end_the_rest_is_told()
    {
        var notice = Notice();
        _slipped = TimeSpan.FromMilliseconds(10);
        notice.Look();
        _slipped = TimeSpan.FromMilliseconds(17);

        notice.Tell();
        notice.Tell();

        Assert.Contains("simulated clock: 7 ms lost (17 ms in all)", Lines()[^1], StringComparison.Ordinal);
        Assert.Equal(2, Lines().Length);
    }

    private SlipNotice Notice() => new(() => _slipped, _said, _clock);

    private void Look(SlipNotice notice, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            notice.Look();
            _clock.Advance(SlipNotice.LookEvery);
        }
    }

    private string[] Lines() => _said.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
