using System.Text;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>One numbering in the log, known by its name. What the writing thread changes here, any thread may read.</summary>
internal sealed class LogStream(string name)
{
    private ulong _safeNext;
    private ulong _released;
    private long _dropped;

    public string Name { get; } = name;

    /// <summary>Every number below it is in a file (and, with <see cref="FsyncPolicy.Every"/>, on the disk) or was given up: it will not be given to another sample.</summary>
    public ulong SafeNext
    {
        get => Volatile.Read(ref _safeNext);
        internal set => Volatile.Write(ref _safeNext, value);
    }

    /// <summary>Nobody needs this number and those below it any more: their segments may go.</summary>
    public ulong Released
    {
        get => Volatile.Read(ref _released);
        set => Volatile.Write(ref _released, value);
    }

    /// <summary>Its numbers do not make room for others before they are released, however full the log is; only age takes them.</summary>
    public bool IsKept { get; set; }

    /// <summary>Numbers that had to make room and were not released.</summary>
    public long Dropped
    {
        get => Volatile.Read(ref _dropped);
        internal set => Volatile.Write(ref _dropped, value);
    }

    /// <summary>The epoch of the newest batch, written or found when the log was opened; 0: there was none yet.</summary>
    public ulong Epoch { get; internal set; }

    /// <summary>The sample numbers that were found when the log was opened.</summary>
    public SequenceSet Found { get; } = new();

    /// <summary>The numbers that a gap record speaks of, found when the log was opened or made then.</summary>
    public SequenceSet FoundGaps { get; } = new();

    internal byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);
}
