using System.Numerics;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>
/// Counts latencies in buckets that grow with the value (log-linear, as HDR histograms do): 0 ns to 137 s, within 1/64, in memory that
/// is given. One thread records, anyone reads a <see cref="HistogramSnapshot"/> at any time.
/// </summary>
[HotPath]
public sealed unsafe class LatencyHistogram
{
    /// <summary>64 buckets to an octave: a bucket is at most 1/64 of its value wide.</summary>
    private const int SubBits = 6;

    private const int SubBuckets = 1 << SubBits;

    /// <summary>The highest octave begins at 2^36 ns (69 s) and ends at 137 s: longer ones count in the last bucket, and as the longest.</summary>
    private const int HighestBit = 36;

    internal const int Buckets = (HighestBit - SubBits + 2) * SubBuckets;

    private readonly HistogramHead* _head;
    private readonly long* _buckets;

    /// <summary>A histogram in its memory, which is zeroed, or holds what another process has recorded so far.</summary>
    public LatencyHistogram(HotMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _head = (HistogramHead*)memory.Take(sizeof(HistogramHead));
        _buckets = (long*)memory.Take(Buckets * sizeof(long));
    }

    public static long BytesNeeded => HotMemory.Padded(sizeof(HistogramHead)) + HotMemory.Padded(Buckets * sizeof(long));

    /// <summary>For the one recording thread. What is below zero counts as zero.</summary>
    public void Record(long nanos)
    {
        var value = Math.Max(0, nanos);
        var bucket = _buckets + IndexOf(value);
        Volatile.Write(ref *bucket, *bucket + 1);
        Volatile.Write(ref _head->SumNanos, _head->SumNanos + value);
        if (value > _head->LongestNanos)
        {
            Volatile.Write(ref _head->LongestNanos, value);
        }
    }

    /// <summary>Copies the counters; what is recorded meanwhile is in it or not.</summary>
    internal void CopyTo(Span<long> counts, out long sumNanos, out long longestNanos)
    {
        sumNanos = Volatile.Read(ref _head->SumNanos);
        longestNanos = Volatile.Read(ref _head->LongestNanos);
        for (var i = 0; i < Buckets; i++)
        {
            counts[i] = Volatile.Read(ref _buckets[i]);
        }
    }

    /// <summary>The bucket of a value: the value itself below 64, then the octave and the six bits below its first.</summary>
    internal static int IndexOf(long value)
    {
        if (value < SubBuckets)
        {
            return (int)value;
        }

        var highest = BitOperations.Log2((ulong)value);
        if (highest > HighestBit)
        {
            return Buckets - 1;
        }

        var shift = highest - SubBits;
        return ((shift + 1) << SubBits) + (int)(value >> shift) - SubBuckets;
    }

    /// <summary>The largest value that counts in a bucket.</summary>
    internal static long HighestOf(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return bucket;
        }

        var shift = (bucket >> SubBits) - 1;
        return ((((long)bucket & (SubBuckets - 1)) + SubBuckets + 1) << shift) - 1;
    }

    /// <summary>What stands before the buckets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct HistogramHead
    {
        public long SumNanos;
        public long LongestNanos;
    }
}
