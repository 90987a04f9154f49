using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>One value of one signal at one instant: 32 bytes, so that two share a cache line and none straddles one.</summary>
/// <param name="signal">Index of the signal in the plan.</param>
/// <param name="status">OPC UA StatusCode (Part 4, 7.39), kept raw.</param>
/// <param name="bits">A double, a long, an unsigned long or a bool by the plan's kind; a text slot number for text.</param>
/// <param name="sourceUtcNanos">When the source says it was so: nanoseconds since 1970 UTC.</param>
/// <param name="arrivalMonoNanos">When the edge had it in hand: nanoseconds on the monotonic clock.</param>
[StructLayout(LayoutKind.Sequential, Size = 32)]
public readonly struct Sample(int signal, uint status, long bits, long sourceUtcNanos, long arrivalMonoNanos)
{
    public readonly int Signal = signal;
    public readonly uint Status = status;
    public readonly long Bits = bits;
    public readonly long SourceUtcNanos = sourceUtcNanos;
    public readonly long ArrivalMonoNanos = arrivalMonoNanos;

    /// <summary>The bits read as a double; meaningful when the plan's kind is <see cref="ValueKind.Float64"/>.</summary>
    public double AsDouble => BitConverter.Int64BitsToDouble(Bits);
}
