using IndustrieFutur.Edge.App.Http;
using IndustrieFutur.Edge.Control;

namespace IndustrieFutur.Edge.Tests.App.Http;

/// <summary>Recent requests are found by who asked them, and only so many.</summary>
public sealed class CommandRunsTests
{
    [Fact]
    public void A_request_is_found_by_its_user_and_id()
    {
        var runs = new CommandRuns();
        var run = Run();
        runs.Add("anne", "1", run);

        Assert.Same(run, runs.Find("anne", "1"));
        Assert.Null(runs.Find("paul", "1"));
        Assert.Null(runs.Find("anne", "2"));
    }

    [Fact]
    public void The_oldest_is_forgotten_behind_256()
    {
        var runs = new CommandRuns();
        for (var i = 0; i < 257; i++)
        {
            runs.Add("anne", $"{i}", Run());
            runs.Add("anne", $"{i}", Run());
        }

        Assert.Null(runs.Find("anne", "0"));
        Assert.NotNull(runs.Find("anne", "1"));
        Assert.NotNull(runs.Find("anne", "256"));
    }

    private static Task<CommandAnswer> Run() => new TaskCompletionSource<CommandAnswer>().Task;
}
