using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>A reaction is set off in the tick by a rise from a Good false to a Good true, and by nothing else.</summary>
public sealed class ReactionStageTests : IDisposable
{
    private readonly DerivedCell _cell = new();

    public ReactionStageTests() => _cell.Reactions.Add(Rule(0, DerivedCell.B));

    public void Dispose() => _cell.Dispose();

    [Fact]
    public void A_rise_sets_it_off_once_with_the_time_its_sample_arrived()
    {
        Say(false);
        var arrival = Say(true);
        Say(true);

        var taken = Assert.Single(Taken());
        Assert.Equal((0, arrival), (taken.Reaction, taken.ArrivalMonoNanos));
    }

    [Fact]
    public void It_is_seen_in_the_tick_that_takes_the_sample_also_between_two_that_are_false()
    {
        Say(false);
        _cell.Write(DerivedCell.B, 1);
        _cell.Write(DerivedCell.B, 0);
        _cell.Tick();

        Assert.Single(Taken());
    }

    [Fact]
    public void What_was_never_seen_false_sets_nothing_off()
    {
        Say(true);
        Say(true);

        Assert.Empty(Taken());
    }

    [Theory]
    [InlineData(StatusCode.BadNoCommunication)]
    [InlineData(StatusCode.UncertainLastUsableValue)]
    public void A_doubtful_value_sets_nothing_off_and_hides_no_rise(uint status)
    {
        Say(false);
        _cell.Write(DerivedCell.B, 1, status);
        _cell.Tick();
        Assert.Empty(Taken());

        Say(true);

        Assert.Single(Taken());
    }

    [Fact]
    public void A_derived_condition_sets_it_off_in_the_same_tick()
    {
        var tooFast = _cell.Expression("d/x > 5");
        _cell.Reactions.Add(Rule(1, tooFast));
        _cell.Write(DerivedCell.X, 1);
        _cell.Tick();

        _cell.Write(DerivedCell.X, 9);
        _cell.Tick();

        Assert.Equal(1, Assert.Single(Taken()).Reaction);
    }

    [Fact]
    public void Two_rules_of_one_signal_are_both_set_off()
    {
        _cell.Reactions.Add(Rule(1, DerivedCell.B));
        Say(false);
        Say(true);

        Assert.Equal([0, 1], Taken().Select(taken => taken.Reaction));
    }

    [Fact]
    public void A_loop_over_the_memory_of_one_that_was_killed_still_knows_what_was_false()
    {
        Say(false);
        _cell.Hot.Restart();
        Say(true);

        Assert.Single(Taken());
    }

    [Fact]
    public void A_full_ring_refuses_the_newest_and_counts_it()
    {
        for (var i = 0; i < 300; i++)
        {
            Say(false);
            Say(true);
        }

        Assert.Equal(256, Taken().Count);
        Assert.Equal(300 - 256, _cell.Hot.Reactions.Refused);
    }

    [Fact]
    public void What_was_set_off_before_the_gate_came_is_forgotten()
    {
        Say(false);
        Say(true);

        Assert.Equal(1, _cell.Hot.Reactions.Forget());
        Assert.Empty(Taken());
    }

    private static ReactionPlan Rule(int index, int signal) => new() { Index = index, Id = $"r{index}", Signal = signal, Command = 0, PerHourMax = 1 };

    private long Say(bool level)
    {
        var arrival = _cell.Hot.MonoNow;
        _cell.Write(DerivedCell.B, level ? 1 : 0);
        _cell.Tick();
        return arrival;
    }

    private List<ReactionEvent> Taken()
    {
        var all = new List<ReactionEvent>();
        while (_cell.Hot.Reactions.TryTake(out var taken))
        {
            all.Add(taken);
        }

        return all;
    }
}
