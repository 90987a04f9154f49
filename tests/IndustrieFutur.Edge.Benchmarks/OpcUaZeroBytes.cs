using System.Globalization;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Ten million values from the socket to the ring, in clear and then signed and encrypted: nothing of the garbage collector's is used.</summary>
/// <remarks>
/// The client lives in this process on a thread of its own, the server in another. Tiered compilation stays as the service has it:
/// the first values compile the path and count for nothing. What comes once a minute or an hour lies outside: the question for the
/// server's clock, and the renewal of the channel's keys, each a few objects.
/// </remarks>
internal static class OpcUaZeroBytes
{
    private const int Items = 10_000;

    /// <summary>What the client asks; the server sends every 5 ms.</summary>
    private static readonly TimeSpan Publishing = TimeSpan.FromMilliseconds(100);

    /// <summary>What the issue allows the other threads of the process; the thread that receives may allocate nothing.</summary>
    private const long ProcessBytesMax = 64 * 1024;

    /// <summary>A hundred messages and more, which is what the compiler waits for before it compiles a second time.</summary>
    private const long WarmValues = 2_000_000;

    /// <summary>A value takes well under a microsecond here; two minutes without them say that none will come.</summary>
    private const long LimitNanos = 120_000_000_000;

    public static int Run(bool isWhole)
    {
        var values = isWhole ? 10_000_000 : 500_000;
        var clear = Measure("None", values);
        var secure = Measure("Basic256Sha256", values);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{values} values from socket to ring: {clear.Thread} B on the receive thread and {clear.Process} B in the whole process with policy None, {secure.Thread} B and {secure.Process} B signed and encrypted"));
        return clear is { Thread: 0, Process: < ProcessBytesMax } && secure is { Thread: 0, Process: < ProcessBytesMax } ? 0 : 1;
    }

    private static (long Thread, long Process) Measure(string policy, long values)
    {
        using var server = BenchChild.Ours("serve-opcua", policy, "5");
        using var receiver = new OpcUaReceiver(server.Answer(), policy, Items);
        var bytes = (Thread: -1L, Process: -1L);
        var link = new Thread(() => bytes = Receive(receiver, values)) { Name = "link" };
        link.Start();
        link.Join();
        return receiver.Refused == 0 ? bytes : throw new InvalidOperationException($"The ring refused {receiver.Refused} values.");
    }

    private static (long Thread, long Process) Receive(OpcUaReceiver receiver, long values)
    {
        receiver.WatchAll(Publishing);
        Step(receiver, WarmValues);
        var thread = GC.GetAllocatedBytesForCurrentThread();
        var process = GC.GetTotalAllocatedBytes(precise: true);
        Step(receiver, values);
        return (GC.GetAllocatedBytesForCurrentThread() - thread, GC.GetTotalAllocatedBytes(precise: true) - process);
    }

    /// <summary>So many more values.</summary>
    private static void Step(OpcUaReceiver receiver, long values)
    {
        var until = receiver.Values + values;
        var limit = MonoClock.NowNanos() + LimitNanos;
        while (receiver.Values < until)
        {
            if (MonoClock.NowNanos() > limit)
            {
                throw new InvalidOperationException("The values stopped coming.");
            }

            receiver.Step();
        }
    }
}
