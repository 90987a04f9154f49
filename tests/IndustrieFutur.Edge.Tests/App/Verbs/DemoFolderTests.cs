using System.Globalization;
using IndustrieFutur.Edge.App.Verbs;

namespace IndustrieFutur.Edge.Tests.App.Verbs;

/// <summary>A demonstration clears away what a killed one left, and nothing else.</summary>
public sealed class DemoFolderTests
{
    /// <summary>Above the largest number that Linux gives a process (2^22).</summary>
    private const string NoProcess = "4194999";

    [Fact]
    public void What_a_killed_demonstration_left_is_cleared_away_by_the_next_one()
    {
        var left = Make(NoProcess);
        File.WriteAllText(Path.Combine(left, "plc"), "");

        using var folder = new DemoFolder();

        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public void What_is_of_a_process_that_runs_or_of_nobody_known_stays()
    {
        string[] others = [Make(Environment.ProcessId == 1 ? "2" : "1"), Make("notes")];
        try
        {
            using var folder = new DemoFolder();

            Assert.All(others, other => Assert.True(Directory.Exists(other)));
        }
        finally
        {
            Array.ForEach(others, Directory.Delete);
        }
    }

    [Fact]
    public void It_is_gone_at_the_end_and_bears_the_number_of_its_process()
    {
        string path;
        using (var folder = new DemoFolder())
        {
            path = folder.Path;
            Assert.True(Directory.Exists(path));
        }

        Assert.False(Directory.Exists(path));
        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), path, StringComparison.Ordinal);
    }

    private static string Make(string owner) => Directory.CreateTempSubdirectory($"ifedge-demo-{owner}-").FullName;
}
