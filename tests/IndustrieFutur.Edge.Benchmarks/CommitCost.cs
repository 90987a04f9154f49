using System.Globalization;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What a sample costs until its commit is written: our spool beside SQLite in WAL mode, same samples, same groups, same word of fsync, in turns.</summary>
internal sealed class CommitCost
{
    /// <summary>Of 100 ms each, at 500,000 and at 1,000 samples a second.</summary>
    private static readonly int[] Groups = [50_000, 100];

    /// <summary>Commits of one run.</summary>
    private const int Commits = 8;

    private readonly List<(string Text, double Times)> _results = [];

    /// <summary>Our time beside SQLite's where we look worst.</summary>
    public double Worst => _results.Max(result => result.Times);

    public string Text => string.Join("; ", _results.Select(result => result.Text));

    public void Measure(int rounds)
    {
        foreach (var group in Groups)
        {
            Measure(rounds, group, FsyncPolicy.Interval, "NORMAL");
            Measure(rounds, group, FsyncPolicy.Every, "FULL");
        }
    }

    private void Measure(int rounds, int group, FsyncPolicy fsync, string synchronous)
    {
        var (ours, theirs, times) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var isOursFirst = round % 2 == 0;
            var first = isOursFirst ? Ours(group, fsync) : Theirs(group, synchronous);
            var second = isOursFirst ? Theirs(group, synchronous) : Ours(group, fsync);
            ours.Add(isOursFirst ? first : second);
            theirs.Add(isOursFirst ? second : first);
            times.Add(ours[^1] / theirs[^1]);
        }

        _results.Add((string.Create(
            CultureInfo.InvariantCulture,
            $"commit of {group} (fsync {(fsync == FsyncPolicy.Every ? "every" : "interval")}): {Median(ours):0} ns a sample, SQLite (WAL, {synchronous}) {Median(theirs):0}, {Median(times):0.00} times"), Median(times)));
    }

    private static double Ours(int group, FsyncPolicy fsync)
    {
        using var commits = new SpoolCommits(fsync);
        return Median([.. Enumerable.Range(0, Commits).Select(_ => commits.Nanos(group) / group)]);
    }

    private static double Theirs(int group, string synchronous)
    {
        using var commits = new SqliteCommits(synchronous);
        return Median([.. Enumerable.Range(0, Commits).Select(_ => commits.Nanos(group) / group)]);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
