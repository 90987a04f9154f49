namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>How a link fares, for health, metrics and people. Written by its thread, read by anyone.</summary>
public sealed class LinkStatus
{
    private volatile bool _connected;
    private volatile LinkState _state = LinkState.Connecting;
    private volatile bool _refused;
    private volatile string _lastError = "";
    private long _markedMonoNanos;
    private long _losses;
    private long _steps;

    public bool IsConnected
    {
        get => _connected;
        internal set => _connected = value;
    }

    public LinkState State
    {
        get => _state;
        internal set => _state = value;
    }

    /// <summary>The device answered the last try, and said no.</summary>
    public bool IsRefused
    {
        get => _refused;
        internal set => _refused = value;
    }

    /// <summary>Why it is not connected, or was not; empty when there was no reason yet.</summary>
    public string LastError
    {
        get => _lastError;
        internal set => _lastError = value;
    }

    /// <summary>When the signals were last marked Bad for the link's sake: a mark of that time, or older, is no word of a device.</summary>
    public long MarkedMonoNanos
    {
        get => Volatile.Read(ref _markedMonoNanos);
        internal set => Volatile.Write(ref _markedMonoNanos, value);
    }

    /// <summary>How often an open link was lost.</summary>
    public long Losses => Volatile.Read(ref _losses);

    /// <summary>How often the driver did what was due: it stands still when the driver hangs.</summary>
    public long Steps => Volatile.Read(ref _steps);

    internal void CountLoss() => Volatile.Write(ref _losses, _losses + 1);

    internal void CountStep() => Volatile.Write(ref _steps, _steps + 1);
}
