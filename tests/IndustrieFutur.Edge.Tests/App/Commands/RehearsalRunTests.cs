using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Tests.App.Commands;

/// <summary>What a rehearsal gives: the least and the greatest values that a person may say.</summary>
public sealed class RehearsalRunTests
{
    [Fact]
    public void A_number_is_given_at_both_ends_of_its_grid()
    {
        Assert.Equal(["c p=50", "c p=395"], Names(new ParameterPlan { Id = "p", Low = 50, High = 399, Step = 5 }));
    }

    [Fact]
    public void A_choice_is_given_by_its_words()
    {
        Assert.Equal(["c p=a.urp", "c p=c.urp"], Names(new ParameterPlan { Id = "p", Choices = ["a.urp", "b.urp", "c.urp"] }));
    }

    [Fact]
    public void What_can_only_be_said_in_one_way_is_given_once()
    {
        Assert.Equal(["c"], Names());
        Assert.Equal(["c p=a.urp"], Names(new ParameterPlan { Id = "p", Choices = ["a.urp"] }));
        Assert.Equal(["c p=1"], Names(new ParameterPlan { Id = "p", Low = 1, High = 1 }));
    }

    private static IEnumerable<string> Names(params ParameterPlan[] parameters)
    {
        var command = new CommandPlan { Index = 0, Id = "c", Device = 0, Target = 0, TargetWords = "", Level = 2, EffectNanos = 1, Parameters = parameters };
        var plan = new CellPlan { Group = "g", Edge = "e", Devices = [], Signals = [], Hash = 0, Commands = [command] };
        return RehearsalRun.Of(plan).Select(run => run.Name);
    }
}
