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
    /// <summary>The machine that builds this has two cores.</summary>
    private const int ThreadsCount = 2;

    /// <summary>Enough to see what they have in common.</summary>
    private const int FailuresMax = 10;

    /// <summary>No input of 128 KiB takes a thousandth of that; a machine that is busy may.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    [Fact]
    public void No_damaged_input_crashes_hangs_or_takes_more_memory_than_it_may()
    {
        var inputs = Proof.Length(10_000_000L, 200_000L);
        var seed = Proof.IsWhole ? Environment.TickCount : 20_260_427;
        var reports = new FuzzReport[ThreadsCount];
        var threads = Enumerable.Range(0, ThreadsCount)
            .Select(one => new Thread(() => reports[one] = Run(inputs / ThreadsCount, seed + one)))
            .ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        var failures = reports.SelectMany(report => report.Failures).ToList();
        Assert.True(failures.Count == 0, $"seed {seed}: " + string.Join(Environment.NewLine, failures));
        Assert.All(reports, report => Assert.InRange(report.Refused, report.Inputs / 3, report.Inputs * 9 / 10));
        Say(reports, seed);
    }

    private static void Say(FuzzReport[] reports, int seed) => Proof.Say(string.Create(
        CultureInfo.InvariantCulture,
        $"{reports.Sum(report => report.Inputs)} damaged inputs for {FuzzTargets.All().Distinct().Count()} decoders (seed {seed}): {reports.Sum(report => report.Refused)} refused, 0 crashes; slowest {reports.Max(report => report.Slowest.TotalMilliseconds):F1} ms, at most {reports.Max(report => report.ShareOfMemory):P0} of the memory allowed"));

    /// <summary>Each thread has decoders of its own: one thread owns a channel.</summary>
    private static FuzzReport Run(long inputs, int seed)
    {
        var targets = FuzzTargets.All();
        var mutator = new Mutator(seed);
        var report = new FuzzReport();
        for (var i = 0L; i < inputs && report.Failures.Count < FailuresMax; i++)
        {
            Try(targets[(int)(i % targets.Count)], mutator, report);
        }

        return report;
    }

    private static void Try(FuzzTarget target, Mutator mutator, FuzzReport report)
    {
        var length = mutator.Next(target.Seeds);
        var isRefused = false;
        var started = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
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
            report.Failures.Add($"{target.Name}: {crash.GetType().Name} {crash.Message} {crash.StackTrace} for {Text(mutator, length)}");
        }
#pragma warning restore CA1031

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var elapsed = Stopwatch.GetElapsedTime(started);
        var allowed = target.BytesAllowed(length);
        report.Count(isRefused, elapsed, (double)allocated / allowed);
        if (allocated > allowed || elapsed > Hang)
        {
            report.Failures.Add($"{target.Name}: {allocated} bytes and {elapsed.TotalMilliseconds} ms for {length} bytes {Text(mutator, length)}");
        }
    }

    /// <summary>A chunk that was decrypted in place is no longer what it was: the seed makes it again.</summary>
    private static string Text(Mutator mutator, int length) => Convert.ToHexString(mutator.Buffer, 0, Math.Min(length, 400));
}
