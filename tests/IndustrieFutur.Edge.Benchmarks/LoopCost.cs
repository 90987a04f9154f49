using System.Globalization;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What a sample costs the sampling loop, by how many links and signals there are; what an empty tick costs; and a million samples a second on one core.</summary>
internal static class LoopCost
{
    private static readonly int[] Drivers = [1, 10, 100];
    private static readonly int[] Signals = [100, 10_000, 100_000];

    /// <summary>What the issue asks: 100,000 signals, which no cache holds, cost at most three times what 100 do.</summary>
    private const double SignalsTimesMax = 3;

    /// <summary>Seven rounds beside other work have been seen at 3.03: the brief form shows that it works, and prints what it saw.</summary>
    private const double SignalsTimesMaxInBrief = 4;

    /// <summary>An empty tick knows nothing of how many signals there are; the rest is for the measuring.</summary>
    private const double EmptyTimesMax = 1.5;

    /// <summary>Room to spare: as much again, and then the kernel's share.</summary>
    private const double CoreShareMax = 0.4;

    public static int Run(bool isWhole)
    {
        using var costs = new LoopCosts(Drivers, Signals);
        costs.Measure(isWhole ? 31 : 7);
        var rate = LoopAtRate.Run(TimeSpan.FromSeconds(isWhole ? 30 : 3));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rate.PerSecond:0} samples/s took {rate.CoreShare:P1} of one core; ns per sample {costs.Text}; at most {costs.SignalsTimes:0.00} times at {Signals[^1]} signals what it is at {Signals[0]}; an empty tick {costs.EmptyNanos(0):0} ns with {Signals[0]} signals, {costs.EmptyTimes:0.00} times with {Signals[^1]} (medians of {costs.Rounds} interleaved rounds, signals in no order)"));
        return rate.PerSecond >= 0.99e6 && rate.CoreShare <= CoreShareMax && costs.SignalsTimes <= (isWhole ? SignalsTimesMax : SignalsTimesMaxInBrief) && costs.EmptyTimes <= EmptyTimesMax ? 0 : 1;
    }
}
