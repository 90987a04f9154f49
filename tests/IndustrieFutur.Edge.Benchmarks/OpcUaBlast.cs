using System.Globalization;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What a value costs our client when a server of ours sends 10,000 of them every 100 ms, and how many it takes when it sends all it can.</summary>
internal static class OpcUaBlast
{
    private const int Items = 10_000;
    private const int PeriodMillis = 100;

    /// <summary>What the issue aims at.</summary>
    private const double MicrosPerValueMax = 0.3;
    private const double ValuesPerSecondMin = 1_000_000;

    public static int Run(bool isWhole)
    {
        var span = TimeSpan.FromSeconds(isWhole ? 30 : 4);
        var (paced, idle) = Measure("None", PeriodMillis, span);
        var (flat, _) = Measure("None", 0, span);
        var (secure, _) = Measure("Basic256Sha256", 0, span);
        var micros = paced.MicrosPerValue(idle.Load);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{micros:0.000} us of CPU per value at {paced.ValuesPerSecond:0} values/s ({Items} items every {PeriodMillis} ms, idle {idle.Load:P2} of a core subtracted); as fast as acknowledged {flat.ValuesPerSecond:0} values/s at {flat.MicrosPerValue(0):0.000} us (signed and encrypted {secure.ValuesPerSecond:0} at {secure.MicrosPerValue(0):0.000} us)"));
        return micros <= MicrosPerValueMax && flat.ValuesPerSecond >= ValuesPerSecondMin && IsOnPace(paced) ? 0 : 1;
    }

    /// <summary>A figure counts only if the values really came at that pace.</summary>
    private static bool IsOnPace(OpcUaReading paced) => paced.ValuesPerSecond > Items * 1_000.0 / PeriodMillis * 0.98;

    private static (OpcUaReading Busy, OpcUaReading Idle) Measure(string policy, int periodMillis, TimeSpan span)
    {
        using var server = OpcUaChild.Ours("serve-opcua", policy, Text(periodMillis));
        using var client = OpcUaChild.Ours("watch-opcua", server.Answer(), policy, Text(PeriodMillis), "0", Text(Items));
        client.Answer();
        client.Ask("start");

        // What compiles while it runs does so now: at ten messages a second that takes some seconds.
        OpcUaReading.During(span / 2, client);
        var busy = OpcUaReading.During(span, client)[0];
        client.Ask("stop");
        var idle = OpcUaReading.During(span / 5, client)[0];
        return (busy, idle);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
