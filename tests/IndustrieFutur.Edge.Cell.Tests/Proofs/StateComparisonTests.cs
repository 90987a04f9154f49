using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A state is missed by right only where a poll could miss it; any other difference is one.</summary>
public sealed class StateComparisonTests
{
    private const int Polls = 2;

    [Fact]
    public void What_both_have_seen_at_their_own_moments_is_the_same()
    {
        var states = new StateComparison(Seen((0, 1), (10, 2), (20, 2), (30, 3)), Seen((3, 1), (13, 1), (23, 2), (33, 3)), Polls);

        Assert.Equal(["1", "2", "3"], states.First);
        Assert.Equal(states.First, states.Second);
        Assert.Equal(0, states.LeftOut);
    }

    [Fact]
    public void A_state_shorter_than_two_polls_may_be_missed_and_what_it_parted_is_one_again()
    {
        var states = new StateComparison(Seen((0, 1), (10, 1), (20, 2), (30, 1), (40, 3)), Seen((5, 1), (15, 1), (25, 1), (35, 1), (45, 3)), Polls);

        Assert.Equal(["1", "3"], states.First);
        Assert.Equal(states.First, states.Second);
        Assert.Equal(1, states.LeftOut);
    }

    [Fact]
    public void A_state_that_lasted_for_two_polls_must_be_seen()
    {
        var (one, other) = (Seen((0, 1), (10, 2), (20, 2), (30, 2), (40, 1)), Seen((0, 1), (11, 1), (21, 1), (31, 1), (41, 1)));

        Assert.Equal(["1", "2", "1"], new StateComparison(one, other, Polls).First);
        Assert.Equal(["1"], new StateComparison(one, other, Polls).Second);
        Assert.Equal(["1", "2", "1"], new StateComparison(other, one, Polls).Second);
    }

    [Fact]
    public void What_one_has_seen_while_the_other_could_not_read_may_be_missed()
    {
        var states = new StateComparison(Seen((0, 1), (10, 2), (20, 2), (30, 2), (40, 2), (50, 3)), Seen((0, 1), (15, 1), (48, 3)), Polls);

        Assert.Equal(["1", "3"], states.First);
        Assert.Equal(states.First, states.Second);
    }

    [Fact]
    public void Where_one_could_not_read_for_a_while_it_may_have_missed_a_change_there_and_back()
    {
        var states = new StateComparison(Seen((0, 1), (10, 1), (20, 0), (30, 1), (40, 0), (50, 0), (60, 1)), Seen((1, 1), (11, 1), (46, 0), (56, 0), (66, 1)), Polls);

        Assert.Equal(["1", "0", "1"], states.First);
        Assert.Equal(states.First, states.Second);
        Assert.Equal(1, states.LeftOut);
    }

    [Fact]
    public void A_short_state_that_both_have_seen_counts_and_so_does_its_order()
    {
        var states = new StateComparison(Seen((0, 1), (10, 2), (20, 3), (30, 1)), Seen((1, 1), (11, 2), (21, 3), (31, 1)), Polls);

        Assert.Equal(["1", "2", "3", "1"], states.First);
        Assert.Equal(states.First, states.Second);
        var turned = new StateComparison(Seen((0, 1), (10, 2), (20, 3), (30, 1)), Seen((1, 1), (11, 3), (21, 2), (31, 1)), Polls);
        Assert.NotEqual(turned.First, turned.Second);
    }

    [Fact]
    public void The_last_state_lasts_on_and_must_be_seen()
    {
        var states = new StateComparison(Seen((0, 1), (10, 2)), Seen((0, 1), (11, 1)), Polls);

        Assert.Equal(["1", "2"], states.First);
        Assert.Equal(["1"], states.Second);
    }

    [Fact]
    public void What_is_told_and_not_polled_must_be_seen_however_short()
    {
        var states = new StateComparison(Seen((0, 1), (10, 2), (11, 1)), Seen((0, 1)), pollsMin: 0);

        Assert.Equal(["1", "2", "1"], states.First);
        Assert.Equal(["1"], states.Second);
    }

    private static StoredSeries Seen(params (long Tick, double Value)[] reads) => new([.. reads.Select(read =>
        (read.Tick, new StoredSample(read.Tick, TelemetryKind.Float64, true, BitConverter.DoubleToInt64Bits(read.Value), "", 0)))]);
}
