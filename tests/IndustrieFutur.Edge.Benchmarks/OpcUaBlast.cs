using System.Globalization;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What a value costs our client when a server of ours sends 10,000 of them every 100 ms, and how many it takes when it sends them every 5 ms.</summary>
internal static class OpcUaBlast
{
    private const int Items = 10_000;
    private const int PeriodMillis = 100;
    private const int SustainedPeriodMillis = 5;

    /// <summary>What the issue aims at.</summary>
    private const double MicrosPerValueMax = 0.3;
    private const double ValuesPerSecondMin = 1_000_000;

    public static int Run(bool isWhole)
    {
        var span = TimeSpan.FromSeconds(isWhole ? 30 : 4);
        var (paced, idle) = Paced(span);
        var clear = Sustained("None", span);
        var secure = Sustained("Basic256Sha256", span);
        var micros = paced.MicrosPerValue(idle.Load);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{micros:0.000} us of CPU per value at {paced.ValuesPerSecond:0} values/s ({Items} items every {PeriodMillis} ms, idle {idle.Load:P2} of a core subtracted); {clear.ValuesPerSecond:0} values/s sustained at {clear.MicrosPerValue(0):0.000} us, signed and encrypted {secure.ValuesPerSecond:0} at {secure.MicrosPerValue(0):0.000} us, none refused by the ring"));
        return micros <= MicrosPerValueMax && IsOnPace(paced) && clear.ValuesPerSecond >= ValuesPerSecondMin ? 0 : 1;
    }

    /// <summary>A figure counts only if the values really came at that pace.</summary>
    private static bool IsOnPace(OpcUaReading paced) => paced.ValuesPerSecond > Items * 1_000.0 / PeriodMillis * 0.98;

    /// <summary>At the pace of the issue; then what the same client uses with nothing to receive.</summary>
    private static (OpcUaReading Busy, OpcUaReading Idle) Paced(TimeSpan span)
    {
        using var server = BenchChild.Ours("serve-opcua", "None", Text(PeriodMillis));
        using var client = Client(server, "None");

        client.Ask("start");
        OpcUaReading.During(span / 4, client);
        var busy = OpcUaReading.During(span, client)[0];
        client.Ask("stop");
        OpcUaReading.During(span / 4, client);
        return (busy, OpcUaReading.During(span, client)[0]);
    }

    /// <summary>Far more than the issue asks, and little enough that a busy machine still drains the ring in time.</summary>
    private static OpcUaReading Sustained(string policy, TimeSpan span)
    {
        using var server = BenchChild.Ours("serve-opcua", policy, Text(SustainedPeriodMillis));
        using var client = Client(server, policy);
        client.Ask("start");
        OpcUaReading.During(span / 4, client);
        var busy = OpcUaReading.During(span, client)[0];

        // It answers only if the ring refused nothing.
        client.Ask("stop");
        return busy;
    }

    private static BenchChild Client(BenchChild server, string policy)
    {
        var client = BenchChild.Ours("receive-opcua", server.Answer(), policy, Text(PeriodMillis), Text(Items));
        client.Answer();
        return client;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
