using System.Globalization;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What a sample costs until its commit is written: our spool beside SQLite in WAL mode, same samples, same groups, same word of fsync, in turns.</summary>
internal sealed class CommitCost
{
    /// <summary>Of 100 ms each, at 500,000 and at 1,000 samples a second.</summary>
    private static readonly int[] Groups = [50_000, 100];

    /// <summary>Of each, into one file.</summary>
    private const int Commits = 8;

    private readonly List<(string Text, double Times, double CpuTimes)> _results = [];

    /// <summary>Our time beside SQLite's where we look worst.</summary>
    public double Worst => _results.Max(result => result.Times);

    /// <summary>The same of the processor alone.</summary>
    public double WorstCpu => _results.Max(result => result.CpuTimes);

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
        var (ours, theirs) = (new List<CommitTime>(), new List<CommitTime>());
        for (var round = 0; round < rounds; round++)
        {
            using var spool = new SpoolCommits(fsync);
            using var sqlite = new SqliteCommits(synchronous);

            // Commit by commit: a disk that others use changes its mood within seconds.
            for (var commit = 0; commit < Commits; commit++)
            {
                if (commit % 2 == 0)
                {
                    ours.Add(spool.Commit(group));
                    theirs.Add(sqlite.Commit(group));
                }
                else
                {
                    theirs.Add(sqlite.Commit(group));
                    ours.Add(spool.Commit(group));
                }
            }
        }

        var times = Median(ours.Zip(theirs, (our, their) => our.Nanos / their.Nanos));
        var cpuTimes = Median(ours.Zip(theirs, (our, their) => our.CpuNanos / their.CpuNanos));
        _results.Add((string.Create(
            CultureInfo.InvariantCulture,
            $"commit of {group} (fsync {(fsync == FsyncPolicy.Every ? "every" : "interval")}): {Of(ours)} ns a sample, SQLite (WAL, {synchronous}) {Of(theirs)}, {times:0.00} times, {cpuTimes:0.00} of CPU"), times, cpuTimes));
    }

    private static string Of(List<CommitTime> times) => string.Create(
        CultureInfo.InvariantCulture, $"{Median(times.Select(time => time.Nanos)):0} ({Median(times.Select(time => time.CpuNanos)):0} of CPU)");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
