using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The judge of the kill proof sees what it is there to see.</summary>
public sealed class OpcUaLossJudgeTests
{
    private const uint Good = 0;
    private const uint Uncertain = 0x4090_0000;
    private const uint Overflowed = 0x480;

    private readonly OpcUaLossJudge _judge = new([new SignalPlan { Index = 0, Id = "s0", Device = "plc", RawKind = ValueKind.Int64 }]);

    [Fact]
    public void Values_one_after_the_other_are_in_order()
    {
        See((5, Good), (6, Good), (7, Good));

        Assert.Equal(("", 3, 0), (_judge.Fault, _judge.Values, _judge.Gaps));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(6)]
    [InlineData(5)]
    public void A_value_lost_doubled_or_late_is_a_fault_when_nothing_says_so(long next)
    {
        See((5, Good), (6, Good), (next, Good));

        Assert.Contains($"after 6 came {next}", _judge.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hole_that_a_mark_tells_is_a_gap()
    {
        See((5, Good), (5, Uncertain), (9, Good), (12, Overflowed));

        Assert.Equal(("", 2), (_judge.Fault, _judge.Gaps));
    }

    [Fact]
    public void A_mark_excuses_no_value_that_comes_again()
    {
        See((5, Good), (5, Uncertain), (5, Good));

        Assert.Contains("after 5 came 5", _judge.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_life_is_back_with_its_first_value()
    {
        _judge.Expect(2);

        See((1 * OpcUaLossJudge.CountsPerLife, Good));
        var before = _judge.BackTimestamp;
        See((1, Uncertain), (2 * OpcUaLossJudge.CountsPerLife, Good));

        Assert.Equal(0, before);
        Assert.NotEqual(0, _judge.BackTimestamp);
    }

    private void See(params (long Value, uint Status)[] samples) =>
        _judge.See([.. samples.Select(sample => new Sample(0, sample.Status, sample.Value, 0, 0))]);
}
