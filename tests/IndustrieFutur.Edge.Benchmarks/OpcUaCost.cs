using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.OpcUa;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>CPU per value of our client beside node-opcua's, on the same foreign server, in turns.</summary>
/// <remarks>
/// Both stay connected for the whole time. In each round one of them has the 10,000 items while the other keeps its session and an
/// empty subscription: so the idle baseline is measured in the same minutes as the load.
/// </remarks>
internal static class OpcUaCost
{
    private const int Items = 10_000;
    private const int PeriodMillis = 500;

    /// <summary>node-opcua compiles its hot functions within the first ten thousand values.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>What the issue asks: our value costs at most an eighth of theirs.</summary>
    private const double RatioMin = 8;

    /// <summary>Two pairs of two seconds tell a receive path that has grown slow, not the ratio: on a busy machine they spread from 7 to 16.</summary>
    private const double RatioMinBrief = 5;

    public static int Run(bool isWhole)
    {
        var (pairs, span) = isWhole ? (11, TimeSpan.FromSeconds(10)) : (2, TimeSpan.FromSeconds(2));
        using var server = NodeServer.StartAsync(
            new NodeServerOptions { Lean = true, Signals = Items, Period = TimeSpan.FromMilliseconds(PeriodMillis) }, CancellationToken.None)
            .GetAwaiter().GetResult();
        var url = server.Endpoint;
        using var ours = BenchChild.Ours("receive-opcua", url, "None", Text(PeriodMillis), Text(Items));
        ours.Answer();
        using var theirs = OpcUaForeign.Client(url, Text(PeriodMillis), "0", Text(Items));
        theirs.Answer();

        // The first turns make both compile what they need, and count for neither.
        Turn(ours, theirs, WarmUp);
        Turn(theirs, ours, WarmUp);
        var rounds = new OpcUaRounds(pairs);
        for (var pair = 0; pair < pairs; pair++)
        {
            rounds.Add(Turn(ours, theirs, span), Turn(theirs, ours, span));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ours {rounds.OursMicros:0.000} us of CPU per value, node-opcua {rounds.TheirsMicros:0.00}: {rounds.Ratio:0.0} times less (medians of {pairs} interleaved pairs of rounds, {Items} items every {PeriodMillis} ms of one node-opcua server, idle {rounds.OursIdle:P2} and {rounds.TheirsIdle:P2} of a core subtracted)"));
        return rounds.Ratio >= (isWhole ? RatioMin : RatioMinBrief) ? 0 : 1;
    }

    /// <summary>One round: the busy client's reading, then the idle one's.</summary>
    private static (OpcUaReading Busy, OpcUaReading Idle) Turn(BenchChild busy, BenchChild idle, TimeSpan span)
    {
        busy.Ask("start");

        // The first notifications carry the creation's backlog; two periods later the pace is even.
        OpcUaReading.During(TimeSpan.FromMilliseconds(2 * PeriodMillis), busy);
        var readings = OpcUaReading.During(span, busy, idle);
        busy.Ask("stop");
        return readings[0].Values > 0 ? (readings[0], readings[1]) : throw new InvalidOperationException("No value came.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
