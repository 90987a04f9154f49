using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// What a driver writes its samples with: it stamps, counts and hands on, and books what the ring refuses. One per ring, for the
/// one thread that owns the line.
/// </summary>
[HotPath]
public sealed class SampleWriter(SampleRing ring, LedgerCounters ledger, UtcOffset utc)
{
    /// <summary>A value from a device without a clock of its own: the arrival stands in for the source time.</summary>
    public void Write(int signal, uint status, long bits, long arrivalMonoNanos) =>
        Write(signal, status, bits, utc.ToUtc(arrivalMonoNanos), arrivalMonoNanos);

    /// <summary>A value with the time its source gave it.</summary>
    public void Write(int signal, uint status, long bits, long sourceUtcNanos, long arrivalMonoNanos)
    {
        ledger.Produced(signal);
        if (!ring.TryWrite(new Sample(signal, status, bits, sourceUtcNanos, arrivalMonoNanos)))
        {
            ledger.RefusedAtInput(signal);
        }
    }

    /// <summary>A text, UTF-8; cut when it is longer than the ring's slots. A Bad one goes without: nobody reads it, so nobody would free its slot.</summary>
    public void WriteText(int signal, uint status, ReadOnlySpan<byte> text, long arrivalMonoNanos)
    {
        if (StatusCode.IsBad(status))
        {
            Write(signal, status, 0, arrivalMonoNanos);
            return;
        }

        ledger.Produced(signal);
        var sample = new Sample(signal, status, 0, utc.ToUtc(arrivalMonoNanos), arrivalMonoNanos);
        if (!ring.TryWriteText(sample, text))
        {
            ledger.RefusedAtInput(signal);
        }
    }
}
