using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>The publishing timer of OPC UA Part 4, 5.13.1.2, step by step.</summary>
public sealed class PublishCycleTests
{
    private const long Interval = 100_000_000;

    private readonly PublishCycle _cycle = new(new PublishRhythm(100, 9, 3), 0);

    [Fact]
    public void The_first_interval_ends_with_a_message_even_when_there_is_nothing_to_tell()
    {
        _cycle.Elapse(Interval - 1, hasNotifications: false, hasRequest: true);
        Assert.False(_cycle.Wants);

        _cycle.Elapse(Interval, hasNotifications: false, hasRequest: true);

        Assert.True(_cycle.Wants);
        Assert.True(_cycle.OwesMessage);
    }

    [Fact]
    public void A_keep_alive_is_owed_after_as_many_quiet_intervals_as_were_agreed()
    {
        Elapse(1, false, true);
        _cycle.Sent(Interval, hasMore: false);

        var wants = Enumerable.Range(2, 3).Select(number => Wants(number)).ToList();

        Assert.Equal([false, false, true], wants);
    }

    [Fact]
    public void What_was_sent_begins_the_quiet_anew()
    {
        Elapse(1, true, true);
        _cycle.Sent(Interval, false);
        Elapse(2, false, true);
        Elapse(3, true, true);
        Assert.True(_cycle.Wants);
        Assert.False(_cycle.OwesMessage);
        _cycle.Sent(3 * Interval, false);

        Assert.Equal([false, false, true], Enumerable.Range(4, 3).Select(number => Wants(number)));
    }

    [Fact]
    public void A_client_that_asks_for_nothing_is_given_up_after_the_lifetime()
    {
        for (var number = 1; number < 9; number++)
        {
            Elapse(number, false, false);
            Assert.False(_cycle.IsOver);
        }

        Elapse(9, false, false);

        Assert.True(_cycle.IsOver);
    }

    [Fact]
    public void A_sign_of_life_begins_the_lifetime_anew()
    {
        Elapse(8, false, false);
        _cycle.Heard();

        for (var number = 9; number < 17; number++)
        {
            Elapse(number, false, false);
        }

        Assert.False(_cycle.IsOver);
        Elapse(17, false, false);
        Assert.True(_cycle.IsOver);
    }

    [Fact]
    public void Intervals_that_were_slept_through_count_once_and_the_beat_stays()
    {
        _cycle.Elapse((5 * Interval) + 7, false, true);

        Assert.Equal(6 * Interval, _cycle.NextMonoNanos);
        Assert.False(_cycle.IsOver);
    }

    [Fact]
    public void More_to_tell_is_wanted_at_once_but_behind_those_that_wait_already()
    {
        Elapse(1, true, true);
        Assert.Equal(Interval, _cycle.WantsSinceMonoNanos);

        _cycle.Sent(Interval + 5, hasMore: true);

        Assert.True(_cycle.Wants);
        Assert.Equal(Interval + 5, _cycle.WantsSinceMonoNanos);
    }

    [Fact]
    public void What_is_gone_before_it_was_sent_is_wanted_no_more_unless_a_message_is_owed()
    {
        Elapse(1, true, true);
        _cycle.Withdraw();
        Assert.True(_cycle.Wants);

        _cycle.Sent(Interval, false);
        Elapse(2, true, true);
        _cycle.Withdraw();
        Assert.False(_cycle.Wants);
    }

    [Theory]
    [InlineData(double.NaN, 0u, 0u, 20, 30u, 10u)]
    [InlineData(-1, 1u, 5u, 20, 15u, 5u)]
    [InlineData(1e12, 0u, 7u, 3_600_000, 3u, 1u)]
    [InlineData(1000, uint.MaxValue, 10u, 1000, 43_200u, 10u)]
    [InlineData(1000, uint.MaxValue, uint.MaxValue, 1000, 43_200u, 3600u)]
    public void What_a_client_asks_is_revised_into_sense(double interval, uint lifetime, uint keepAlive, double revisedInterval, uint revisedLifetime, uint revisedKeepAlive)
    {
        var rhythm = PublishRhythm.Revise(
            new CreateSubscriptionRequest { RequestedPublishingInterval = interval, RequestedLifetimeCount = lifetime, RequestedMaxKeepAliveCount = keepAlive },
            new ServerLimitsSettings());

        Assert.Equal(new PublishRhythm(revisedInterval, revisedLifetime, revisedKeepAlive), rhythm);
    }

    private void Elapse(int number, bool hasNotifications, bool hasRequest) => _cycle.Elapse(number * Interval, hasNotifications, hasRequest);

    private bool Wants(int number)
    {
        Elapse(number, false, true);
        return _cycle.Wants;
    }
}
