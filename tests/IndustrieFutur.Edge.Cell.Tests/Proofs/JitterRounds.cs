using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Rounds in which our loop and cyclictest were measured one after the other: their medians, and the medians of the rounds' ratios.</summary>
internal sealed class JitterRounds
{
    private readonly List<(HistogramSnapshot Ours, HistogramSnapshot Theirs)> _rounds = [];

    public int Count => _rounds.Count;

    public void Add(HistogramSnapshot ours, HistogramSnapshot theirs) => _rounds.Add((ours, theirs));

    /// <summary>The median over the rounds of our percentile over theirs.</summary>
    public double Ratio(double share) => Median(_rounds.Select(round => round.Ours.PercentileNanos(share) / (double)Math.Max(1, round.Theirs.PercentileNanos(share))));

    public string Words(string name) =>
        FormattableString.Invariant($"{name} p99 {Ours(0.99):0.0} against {Theirs(0.99):0} us, ratio {Ratio(0.99):0.00}; p99.9 {Ours(0.999):0} against {Theirs(0.999):0} us, ratio {Ratio(0.999):0.00}");

    private double Ours(double share) => Median(_rounds.Select(round => round.Ours.PercentileNanos(share) / 1e3));

    private double Theirs(double share) => Median(_rounds.Select(round => round.Theirs.PercentileNanos(share) / 1e3));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
