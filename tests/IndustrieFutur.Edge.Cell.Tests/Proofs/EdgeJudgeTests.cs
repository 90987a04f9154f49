using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The judge of the scenarios sees what is wrong: a proof that could not fail would prove nothing.</summary>
public sealed class EdgeJudgeTests
{
    private const uint Good = 0;
    private const uint Uncertain = 0x4090_0000;
    private const uint Bad = 0x8031_0000;

    [Theory]
    [InlineData(100, 200, 400L, true)]
    [InlineData(160, 200, 400L, false)]
    [InlineData(100, 140, 400L, false)]
    [InlineData(100, 200, 290L, false)]
    [InlineData(100, 200, null, false)]
    public void A_signal_is_bad_in_its_time_and_good_again_in_its_time(long from, long to, long? goodBy, bool holds)
    {
        var judge = Of(("plc/x", [(50, Good, 1), (150, Bad, 0), (250, Bad, 0), (300, Good, 2)]));

        var missed = judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Bad, Signal = "plc/x", Ticks = (from, to), GoodByTick = goodBy });

        Assert.Equal(holds, missed is null);
    }

    [Fact]
    public void What_stays_bad_stays_so_to_the_end()
    {
        var judge = Of(("plc/x", [(50, Good, 1), (150, Bad, 0)]));

        Assert.Null(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Bad, Signal = "plc/x", Ticks = (100, 200) }));
        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Bad, Signal = "plc/x", Ticks = (100, 200), GoodByTick = 400 }));
    }

    [Fact]
    public void Uncertain_is_not_good_and_not_bad()
    {
        var judge = Of(("plc/x", [(50, Good, 1), (150, Uncertain, 1), (200, Good, 1)]));

        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.StaysGood, Signal = "plc/x" }));
        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Bad, Signal = "plc/x", Ticks = (100, 200), GoodByTick = 400 }));
        Assert.Null(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Uncertain, Signal = "plc/x", Ticks = (100, 200), GoodByTick = 400 }));
    }

    [Fact]
    public void A_signal_that_waits_first_and_is_good_then_stays_good()
    {
        Assert.Null(Of(("plc/x", [(1, Bad, 0), (50, Good, 1)])).Missed(new EdgeExpectation { Kind = EdgeExpectationKind.StaysGood, Signal = "plc/x" }));
        Assert.NotNull(Of(("plc/x", [(1, Bad, 0)])).Missed(new EdgeExpectation { Kind = EdgeExpectationKind.StaysGood, Signal = "plc/x" }));
    }

    [Fact]
    public void A_sum_is_of_the_last_good_values()
    {
        var sum = new EdgeExpectation { Kind = EdgeExpectationKind.Sum, Signal = "plc/t", Summands = ["plc/a", "plc/b"] };

        Assert.Null(Of(("plc/t", [(1, Good, 9), (2, Good, 5)]), ("plc/a", [(1, Good, 3)]), ("plc/b", [(1, Good, 2), (2, Bad, 0)])).Missed(sum));
        Assert.NotNull(Of(("plc/t", [(1, Good, 6)]), ("plc/a", [(1, Good, 3)]), ("plc/b", [(1, Good, 2)])).Missed(sum));
        Assert.NotNull(Of(("plc/t", [(1, Good, 6)]), ("plc/a", [(1, Good, 3)])).Missed(sum));
    }

    [Fact]
    public void A_sequence_is_looked_for_in_its_order()
    {
        var judge = Of(("plc/x", [(1, Good, 6), (2, Good, 6), (3, Good, 8), (4, Bad, 0), (5, Good, 9)]));

        Assert.Null(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Sequence, Signal = "plc/x", Values = [6, 9] }));
        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Sequence, Signal = "plc/x", Values = [9, 6] }));
        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Sequence, Signal = "plc/x", Values = [6, 6] }));
    }

    [Fact]
    public void Events_are_counted_against_the_journal()
    {
        var judge = Of(("driver/id", [(1, Good, 1), (2, Good, 2)]));

        Assert.Null(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Once, Signal = "driver/id", Journal = "tightening" }));
        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Once, Signal = "driver/id", Journal = "tightening 1" }));
        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Once, Signal = "driver/id", Journal = "alarm" }));
    }

    [Fact]
    public void A_value_is_reached_and_a_figure_is_the_reported_one()
    {
        var judge = Of(("plc/x", [(1, Good, 6), (2, Bad, 0)]));

        Assert.Null(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Reaches, Signal = "plc/x", Values = [6] }));
        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Reaches, Signal = "plc/x", Values = [6.5] }));
        Assert.Null(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Figure, Signal = "cobot/rtde.lost", Values = [25] }));
        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Figure, Signal = "cobot/rtde.lost", Values = [24] }));
        Assert.NotNull(judge.Missed(new EdgeExpectation { Kind = EdgeExpectationKind.Figure, Signal = "robot/rtde.lost", Values = [25] }));
    }

    private static EdgeJudge Of(params (string Signal, (long Tick, uint Status, double Value)[] Samples)[] stored) => new(
        stored.ToDictionary(series => series.Signal, series => new StoredSeries([.. series.Samples.Select(one => (one.Tick, Sample(one.Status, one.Value)))])),
        JsonNode.Parse("""{ "links": [{ "devices": "cobot", "rtde": { "lost": 25 } }] }""")!,
        ["00001.000 driver tightening 1 OK", "00002.000 driver tightening 2 OK"]);

    private static StoredSample Sample(uint status, double value) =>
        new(0, TelemetryKind.Float64, status < Bad, BitConverter.DoubleToInt64Bits(value), "", status);
}
