using IndustrieFutur.Edge.Northbound.Commands;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Northbound.Commands;

/// <summary>So many requests a second are looked at, and no more.</summary>
public sealed class RequestRateTests
{
    [Fact]
    public void After_a_burst_only_so_many_a_second_pass()
    {
        var clock = new FakeTimeProvider();
        var rate = new RequestRate(200, clock);

        var burst = Enumerable.Range(0, 1_000).Count(_ => rate.TryPass());
        clock.Advance(TimeSpan.FromMilliseconds(500));
        var later = Enumerable.Range(0, 1_000).Count(_ => rate.TryPass());
        clock.Advance(TimeSpan.FromHours(1));
        var rested = Enumerable.Range(0, 1_000).Count(_ => rate.TryPass());

        Assert.Equal((200, 100, 200), (burst, later, rested));
    }
}
