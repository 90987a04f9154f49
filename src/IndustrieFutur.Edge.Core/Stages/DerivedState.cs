namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>What the stages remember of one derived signal; which of it, its kind says.</summary>
internal struct DerivedState
{
    /// <summary>The newest time of the inputs at the last evaluation.</summary>
    public long LastSource;
    public long LastBits;
    public uint LastStatus;
    public bool HasLast;

    /// <summary>A counter's or a cycle's input, as it was: 0 not known, 1 low, 2 high.</summary>
    public byte Level;

    /// <summary>A counter's reset was true.</summary>
    public bool WasReset;

    /// <summary>An alarm is active.</summary>
    public bool IsActive;

    /// <summary>Since when an alarm's condition says otherwise than the alarm, on the monotonic clock; 0: it does not.</summary>
    public long PendingMono;

    /// <summary>Edges counted; samples with a value in the open window.</summary>
    public long Count;

    /// <summary>Where in time the last edge was; 0 for none.</summary>
    public long EdgeSource;

    /// <summary>The open window's number from 1970 on.</summary>
    public long Window;

    /// <summary>When the open window is closed though nothing comes, on the monotonic clock; 0: no window is open.</summary>
    public long CloseMono;
    public long WindowBits;
    public double WindowSum;
    public long WindowSource;
    public long WindowArrival;

    /// <summary>The worst quality of the window's usable values.</summary>
    public uint WindowStatus;

    /// <summary>The quality of a sample in the window that had no value; 0 for none.</summary>
    public uint WindowBad;
}
