using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// What a driver writes its samples with: it stamps, counts and hands on, and books what the ring refuses. One per ring, for the
/// one thread that owns the line. False everywhere: the ring was full; whoever has to say it will say it again.
/// </summary>
[HotPath]
public sealed class SampleWriter(SampleRing ring, LedgerCounters ledger, UtcOffset utc)
{
    /// <summary>A value from a device without a clock of its own: the arrival stands in for the source time.</summary>
    public bool Write(int signal, uint status, long bits, long arrivalMonoNanos) =>
        Write(signal, status, bits, utc.ToUtc(arrivalMonoNanos), arrivalMonoNanos);

    /// <summary>A value with the time its source gave it.</summary>
    public bool Write(int signal, uint status, long bits, long sourceUtcNanos, long arrivalMonoNanos)
    {
        ledger.Produced(signal);
        if (!ring.TryWrite(new Sample(signal, status, bits, sourceUtcNanos, arrivalMonoNanos)))
        {
            ledger.RefusedAtInput(signal);
            return false;
        }

        return true;
    }

    /// <summary>The wall clock's time for a monotonic one, as samples without a time of their own are stamped.</summary>
    public long ToUtc(long monoNanos) => utc.ToUtc(monoNanos);

    /// <summary>A text, UTF-8; cut when it is longer than the ring's slots. A Bad one goes without: nobody reads it, so nobody would free its slot.</summary>
    public bool WriteText(int signal, uint status, ReadOnlySpan<byte> text, long arrivalMonoNanos) =>
        WriteText(signal, status, text, utc.ToUtc(arrivalMonoNanos), arrivalMonoNanos);

    /// <summary>A text with the time its source gave it.</summary>
    public bool WriteText(int signal, uint status, ReadOnlySpan<byte> text, long sourceUtcNanos, long arrivalMonoNanos)
    {
        if (StatusCode.IsBad(status))
        {
            return Write(signal, status, 0, sourceUtcNanos, arrivalMonoNanos);
        }

        ledger.Produced(signal);
        var sample = new Sample(signal, status, 0, sourceUtcNanos, arrivalMonoNanos);
        if (!ring.TryWriteText(sample, text))
        {
            ledger.RefusedAtInput(signal);
            return false;
        }

        return true;
    }
}
