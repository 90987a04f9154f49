using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.Tests.App.Running;

/// <summary>What a run says of a simulated cell's clock below its table and at its end.</summary>
public sealed class CellRunTests
{
    [Fact]
    public void A_simulated_clock_that_lost_time_is_told_and_one_that_lost_none_is_not()
    {
        var run = new CellRun(For: null, Json: false, Live: true);

        Assert.Equal("", run.Slip());
        Assert.Equal("", (run with { Slipped = () => TimeSpan.Zero }).Slip());
        Assert.Equal(
            "  horloge simulée en retard/simulated clock behind 1234 ms (machine trop chargée/too busy)",
            (run with { Slipped = () => TimeSpan.FromMilliseconds(1_234) }).Slip());
    }
}
