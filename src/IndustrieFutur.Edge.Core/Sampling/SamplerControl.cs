using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>The first page of a shared block: by what its two sides know one another, and what they tell each other.</summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal struct SamplerControl
{
    /// <summary>Written last by who makes the block: before it nothing in it counts.</summary>
    [FieldOffset(0)]
    public ulong Magic;

    [FieldOffset(8)]
    public ulong Version;

    [FieldOffset(16)]
    public ulong PlanHash;

    [FieldOffset(24)]
    public ulong Length;

    /// <summary>The sampler's.</summary>
    [FieldOffset(128)]
    public long SamplerProcess;

    [FieldOffset(136)]
    public long Starts;

    [FieldOffset(144)]
    public long HasEnded;

    [FieldOffset(152)]
    public long GapFromMonoNanos;

    [FieldOffset(160)]
    public long GapToMonoNanos;

    /// <summary>The service's.</summary>
    [FieldOffset(256)]
    public long ServiceBeatMonoNanos;

    [FieldOffset(264)]
    public long Stop;
}
