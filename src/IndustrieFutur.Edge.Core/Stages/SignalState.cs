using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>What the stages remember of one signal between samples. Two cache lines, which are fetched as a pair.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct SignalState
{
    /// <summary>A sample came, if only to be dropped.</summary>
    public bool HasRaw;

    /// <summary>A sample came through the range: there is a value that can go stale.</summary>
    public bool HasValue;

    public bool HasSent;
    public bool Stale;

    /// <summary>What was sent last is a mark of ours and no word of the source.</summary>
    public bool Marked;

    public uint LastRawStatus;
    public uint LastRawTextHash;
    public long LastRawBits;
    public long LastRawSource;

    public uint LastSentStatus;
    public uint LastSentTextHash;
    public long LastSentBits;
    public long LastSentMono;

    public uint LastStatus;
    public long LastBits;

    /// <summary>The time of what was sent last, be it the source's or a mark of ours.</summary>
    public long LastSource;

    /// <summary>When that had arrived.</summary>
    public long LastSourceMono;

    /// <summary>The last time the source itself gave and we believed.</summary>
    public long LastDevice;

    public long LastArrivalMono;
}
