using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>
/// Damaged messages for every decoder: whatever comes, it is decoded or refused with the stack's own exception, soon, and without
/// memory that the bytes did not bring.
/// </summary>
[Trait("Proof", "opcua-fuzz")]
public sealed class FuzzProof
{
    /// <summary>An element of one byte may become an object of a hundred: a DataValue without any part.</summary>
    private const int BytesPerByteMax = 128;

    /// <summary>An exception with its message and trace, and the reassembly buffer of a message in pieces.</summary>
    private const int BytesAtLeast = 96 * 1024;

    /// <summary>No input of 128 KiB takes a thousandth of that; a machine that is busy may.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    [Fact]
    public void No_damaged_input_crashes_hangs_or_takes_more_memory_than_it_may()
    {
        var inputs = Proof.Length(10_000_000L, 200_000L);
        var seed = Proof.IsWhole ? Environment.TickCount : 20_260_427;
        var targets = FuzzTargets.All();
        var halves = new FuzzReport[2];
        var threads = Enumerable.Range(0, halves.Length)
            .Select(half => new Thread(() => halves[half] = Run(targets, inputs / halves.Length, seed + half)))
            .ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        var failures = halves.SelectMany(half => half.Failures).ToList();
        Assert.True(failures.Count == 0, $"seed {seed}: " + string.Join(Environment.NewLine, failures));
        Assert.All(halves, half => Assert.InRange(half.Refused, half.Inputs / 10, half.Inputs));
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{halves.Sum(half => half.Inputs)} damaged inputs for {targets.Count} decoders (seed {seed}): {halves.Sum(half => half.Refused)} refused, 0 crashes; slowest {halves.Max(half => half.Slowest.TotalMilliseconds):F1} ms, at most {halves.Max(half => half.BytesOverInput):F1} times its size allocated"));
    }

    private static FuzzReport Run(IReadOnlyList<FuzzTarget> targets, long inputs, int seed)
    {
        var mutator = new Mutator(seed);
        var report = new FuzzReport();
        for (var i = 0L; i < inputs && report.Failures.Count < 10; i++)
        {
            var target = targets[(int)(i % targets.Count)];
            Try(target, mutator, report);
        }

        return report;
    }

    private static void Try(FuzzTarget target, Mutator mutator, FuzzReport report)
    {
        var length = mutator.Next(target.Seeds);
        var started = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isRefused = false;
        try
        {
            target.Decode(mutator.Buffer, length);
        }
        catch (UaException)
        {
            isRefused = true;
        }
#pragma warning disable CA1031 // Whatever else comes out is what this looks for.
        catch (Exception crash)
        {
            report.Failures.Add($"{target.Name}: {crash.GetType().Name} {crash.Message} for {Convert.ToHexString(mutator.Buffer, 0, Math.Min(length, 400))}");
        }
#pragma warning restore CA1031

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var elapsed = Stopwatch.GetElapsedTime(started);
        report.Count(length, isRefused, elapsed, allocated - BytesAtLeast);
        if (allocated > BytesAtLeast + ((long)length * BytesPerByteMax) || elapsed > Hang)
        {
            report.Failures.Add($"{target.Name}: {allocated} bytes and {elapsed.TotalMilliseconds} ms for {length} bytes {Convert.ToHexString(mutator.Buffer, 0, Math.Min(length, 400))}");
        }
    }
}
