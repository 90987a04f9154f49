using System.Globalization;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Rounds in which every contender has one run, each time another one first; and the medians of the ratios within a round.</summary>
internal sealed class RingRounds
{
    /// <summary>A run ends within 0.4 s at the slowest rates that were seen, 10 and 1 million items a second.</summary>
    private const int RingItems = 2_000_000;
    private const int BatchItems = 6_000_000;
    private const int ChannelItems = 300_000;

    private readonly int _capacity;
    private readonly List<double[]> _rounds = [];

    public RingRounds(PinnedPair pair, int capacity, int rounds)
    {
        _capacity = capacity;
        for (var round = 0; round < rounds; round++)
        {
            _rounds.Add(Round(pair, capacity, round, 1));
        }
    }

    /// <summary>Sample by sample, against C++ sample by sample.</summary>
    public double Single => Ratio(1, 0);

    /// <summary>In batches, against C++ sample by sample.</summary>
    public double Batch => Ratio(2, 0);

    /// <summary>In batches, against the channel.</summary>
    public double Channel => Ratio(2, 3);

    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"capacity {_capacity}: C++ {Rate(0):0.0}, ours {Rate(1):0.0} ({Single:0.00} times) and in batches {Rate(2):0.0} ({Batch:0.00} times), Channel {Rate(3):0.0} ({Channel:0.0} times less) million/s (medians of {_rounds.Count} interleaved rounds)");

    /// <summary>Before any round that counts: each loop is compiled, and what it calls is compiled again once it is known to be called often.</summary>
    public static void WarmUp(PinnedPair pair)
    {
        for (var turn = 0; turn < 8; turn++)
        {
            _ = Round(pair, 1_024, turn, 20);
        }
    }

    private static double[] Round(PinnedPair pair, int capacity, int turn, int share)
    {
        var rates = new double[4];
        for (var i = 0; i < rates.Length; i++)
        {
            var contender = (i + turn) % rates.Length;
            rates[contender] = Run(pair, capacity, contender, share);
        }

        return rates;
    }

    private static double Run(PinnedPair pair, int capacity, int contender, int share)
    {
        using var memory = new HotMemory(SampleRing.BytesNeeded(capacity, 0, 0));
        using var cpp = contender == 0 ? new CppRing(capacity) : null;
        return contender switch
        {
            0 => pair.MillionsPerSecond(cpp!, RingItems / share),
            1 => pair.MillionsPerSecond(new SingleRunner(new SampleRing(memory, capacity)), RingItems / share),
            2 => pair.MillionsPerSecond(new BatchRunner(new SampleRing(memory, capacity)), BatchItems / share),
            _ => pair.MillionsPerSecond(new ChannelRunner(capacity), ChannelItems / share),
        };
    }

    private double Rate(int contender) => Median(_rounds.ConvertAll(round => round[contender]));

    private double Ratio(int ours, int theirs) => Median(_rounds.ConvertAll(round => round[ours] / round[theirs]));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
