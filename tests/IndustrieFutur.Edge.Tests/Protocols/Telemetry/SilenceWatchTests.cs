using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Protocols.Telemetry;

/// <summary>When a connection that brings nothing any more is opened anew.</summary>
public sealed class SilenceWatchTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SilenceWatch _watch;

    public SilenceWatchTests() => _watch = new SilenceWatch(_clock, TimeSpan.FromSeconds(15));

    [Fact]
    public void It_is_over_after_its_patience_and_then_ever_more_seldom() =>
        Assert.Equal([15, 45, 105, 225, 465, 945, 1_905, 3_705, 5_505, 7_305, 9_105], OverWithin(10_000));

    [Fact]
    public void What_is_heard_begins_it_anew()
    {
        Assert.Equal([15, 45], OverWithin(100));
        _watch.Heard();

        Assert.Equal([15, 45], OverWithin(100));
    }

    [Fact]
    public void Where_nothing_is_waited_for_nothing_is_missed()
    {
        Assert.Equal([15], OverWithin(20));
        for (var second = 0; second < 1_000; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _watch.Restart();
            Assert.False(_watch.IsOver());
        }

        Assert.Equal([30], OverWithin(40));
    }

    private List<int> OverWithin(int seconds)
    {
        var over = new List<int>();
        for (var second = 1; second <= seconds; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (_watch.IsOver())
            {
                over.Add(second);
            }
        }

        return over;
    }
}
