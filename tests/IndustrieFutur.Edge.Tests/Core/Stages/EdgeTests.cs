using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>Counters and cycles see every edge, those between two ticks too, and none that is only guessed.</summary>
public sealed class EdgeTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void Edges_within_one_tick_are_all_counted(bool falling, int counted)
    {
        using var cell = new DerivedCell();
        var counter = Counter(cell, DerivedCell.B, plan => plan with { Falling = falling });
        Write(cell, DerivedCell.B, 1, 0, 1, 1, 0, 1, 0);

        Assert.Equal(counted, cell.Latest(counter).Bits);
        Assert.Equal(Enumerable.Range(0, counted + 1).Select(count => (long)count), cell.Of(counter).Select(sample => sample.Bits));
    }

    [Fact]
    public void A_trembling_number_counts_once()
    {
        using var cell = new DerivedCell();
        var counter = Counter(cell, DerivedCell.X, plan => plan with { Threshold = 10, Hysteresis = 2 });
        Write(cell, DerivedCell.X, 0, 10.1, 9.9, 10.2, 8, 10.3, 7.9, 10.4);

        Assert.Equal(2, cell.Latest(counter).Bits);
    }

    [Fact]
    public void What_happened_while_the_input_was_Bad_is_not_guessed()
    {
        using var cell = new DerivedCell();
        var counter = Counter(cell, DerivedCell.B, plan => plan);
        Write(cell, DerivedCell.B, 0, 1, 0);
        cell.Write(DerivedCell.B, 0, StatusCode.BadNoCommunication);
        cell.Tick();

        Assert.Equal((1, StatusCode.BadNoCommunication), (cell.Latest(counter).Bits, cell.Latest(counter).Status));
        Write(cell, DerivedCell.B, 1, 0, 1);

        Assert.Equal((2, StatusCode.Good), (cell.Latest(counter).Bits, cell.Latest(counter).Status));
    }

    [Fact]
    public void The_rise_of_a_condition_sets_the_count_back_once()
    {
        using var cell = new DerivedCell();
        var reset = cell.Program("d/n > 5");
        var counter = Counter(cell, DerivedCell.B, plan => plan with { Reset = reset });
        Write(cell, DerivedCell.N, 0);
        Write(cell, DerivedCell.B, 0, 1, 0, 1);
        Assert.Equal(2, cell.Latest(counter).Bits);

        Write(cell, DerivedCell.N, 9);
        Assert.Equal(0, cell.Latest(counter).Bits);
        Write(cell, DerivedCell.B, 0, 1);
        Write(cell, DerivedCell.N, 10);

        Assert.Equal(1, cell.Latest(counter).Bits);
        Assert.Equal([0, 1, 2, 0, 1], cell.Of(counter).Select(sample => sample.Bits));
    }

    [Fact]
    public void A_cycle_is_the_source_s_time_from_rise_to_rise()
    {
        using var cell = new DerivedCell();
        var cycle = cell.Add(new DerivedPlan { Kind = DerivedKind.Cycle, Input = DerivedCell.B, Written = "" });
        var zero = cell.Hot.UtcNow;
        foreach (var (seconds, value) in new[] { (0.0, 0), (1, 1), (2, 0), (5.5, 1), (6, 1), (7, 0), (8, 1) })
        {
            cell.Write(DerivedCell.B, value, StatusCode.Good, zero + (long)(seconds * Second));
        }

        cell.Tick();

        Assert.Equal([(4.5, 5.5), (2.5, 8.0)], cell.Of(cycle).Select(sample => (sample.AsDouble, (sample.SourceUtcNanos - zero) / 1e9)));
    }

    [Fact]
    public void A_cycle_that_a_lost_link_cut_is_not_measured()
    {
        using var cell = new DerivedCell();
        var cycle = cell.Add(new DerivedPlan { Kind = DerivedKind.Cycle, Input = DerivedCell.B, Written = "" });
        Write(cell, DerivedCell.B, 0, 1, 0);
        cell.Write(DerivedCell.B, 0, StatusCode.BadNoCommunication);
        cell.Tick();
        Write(cell, DerivedCell.B, 0, 1, 0, 1);

        Assert.Equal([StatusCode.BadNoCommunication, StatusCode.Good], cell.Of(cycle).Select(sample => sample.Status));
    }

    [Fact]
    public void Counts_outlive_the_loop_that_counted()
    {
        using var cell = new DerivedCell();
        var counter = Counter(cell, DerivedCell.B, plan => plan);
        Write(cell, DerivedCell.B, 0, 1, 0);
        cell.Hot.Restart();
        Write(cell, DerivedCell.B, 1);

        Assert.Equal(2, cell.Latest(counter).Bits);
    }

    private static int Counter(DerivedCell cell, int input, Func<DerivedPlan, DerivedPlan> more) => cell.Add(
        more(new DerivedPlan { Kind = DerivedKind.Counter, Input = input, Written = "" }), signal => signal with { Deadband = 0 });

    /// <summary>A millisecond apart by the source, all in one tick.</summary>
    private static void Write(DerivedCell cell, int signal, params double[] values)
    {
        var zero = cell.Hot.UtcNow;
        for (var i = 0; i < values.Length; i++)
        {
            cell.Write(signal, values[i], StatusCode.Good, zero + (i * 1_000_000));
        }

        cell.Tick(values.Length + 1);
    }
}
