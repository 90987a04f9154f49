namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>What the stages remember of one signal between samples.</summary>
internal struct SignalState
{
    /// <summary>A sample came, if only to be dropped.</summary>
    public bool HasRaw;

    /// <summary>A sample came through the range: there is a value that can go stale.</summary>
    public bool HasValue;

    public bool HasSent;
    public bool Stale;

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
    public long LastSource;
    public long LastArrivalMono;
}
