namespace IndustrieFutur.Edge.Historian;

/// <summary>How a historian fares, for health and metrics. Written by the historian, read by anyone at any time.</summary>
public sealed class HistorianStatus
{
    private volatile bool _connected;
    private volatile bool _storeReachable;
    private volatile string _brokerError = "";
    private volatile string _storeError = "";
    private volatile int _samplesWaiting;
    private long _samplesStored;
    private long _samplesRefused;
    private long _samplesDuplicate;
    private long _gapsStored;
    private long _replaysAsked;
    private long _messagesDropped;
    private long _messagesUnreadable;

    /// <summary>The broker takes and delivers messages.</summary>
    public bool Connected => _connected;

    /// <summary>The store took the last thing it was given.</summary>
    public bool StoreReachable => _storeReachable;

    /// <summary>The last reason why broker or store could not be used; empty when all is well.</summary>
    public string LastError => _storeError.Length > 0 ? _storeError : _brokerError;

    /// <summary>Samples in memory that the store does not have for certain yet.</summary>
    public int SamplesWaiting
    {
        get => _samplesWaiting;
        internal set => _samplesWaiting = value;
    }

    /// <summary>Samples that the store has for certain.</summary>
    public long SamplesStored => Interlocked.Read(ref _samplesStored);

    /// <summary>Samples that the store refuses for ever.</summary>
    public long SamplesRefused => Interlocked.Read(ref _samplesRefused);

    /// <summary>Samples that came again and were passed over.</summary>
    public long SamplesDuplicate => Interlocked.Read(ref _samplesDuplicate);

    /// <summary>Gap records written: ranges of numbers that will never come.</summary>
    public long GapsStored => Interlocked.Read(ref _gapsStored);

    /// <summary>Times that an edge was asked to send numbers again.</summary>
    public long ReplaysAsked => Interlocked.Read(ref _replaysAsked);

    /// <summary>Messages not taken because too much waited; what they carried is asked for again.</summary>
    public long MessagesDropped => Interlocked.Read(ref _messagesDropped);

    /// <summary>Messages that made no sense.</summary>
    public long MessagesUnreadable => Interlocked.Read(ref _messagesUnreadable);

    internal void TellBroker(bool connected, string error)
    {
        _connected = connected;
        _brokerError = error;
    }

    internal void TellStore(bool reachable, string error)
    {
        _storeReachable = reachable;
        _storeError = error;
    }

    internal void CountStored(long samples) => Interlocked.Add(ref _samplesStored, samples);

    internal void CountRefused(long samples) => Interlocked.Add(ref _samplesRefused, samples);

    internal void CountDuplicate(long samples) => Interlocked.Add(ref _samplesDuplicate, samples);

    internal void CountGaps(long gaps) => Interlocked.Add(ref _gapsStored, gaps);

    internal void CountReplayAsked() => Interlocked.Increment(ref _replaysAsked);

    internal void CountDropped() => Interlocked.Increment(ref _messagesDropped);

    internal void CountUnreadable() => Interlocked.Increment(ref _messagesUnreadable);
}
