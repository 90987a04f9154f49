namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// What is known of a server's capacity, by kind of service. It outlives the session: a server that was overrun once would otherwise be
/// overrun at each reconnection.
/// </summary>
internal sealed class BatchSizes
{
    /// <summary>Room in a message for its headers and its other fields.</summary>
    private const int HeaderBytes = 512;

    /// <summary>Our own limit of one request, when neither the server nor the channel sets one: stays below what every server tested takes.</summary>
    private const int RequestBytesDefault = 1 << 20;

    public BatchSize Read { get; } = new();

    public BatchSize Write { get; } = new();

    public BatchSize Call { get; } = new();

    public BatchSize Browse { get; } = new();

    public BatchSize Register { get; } = new();

    public BatchSize Translate { get; } = new();

    public BatchSize HistoryRead { get; } = new();

    public BatchSize MonitoredItems { get; } = new();

    /// <summary>Most bytes that the things of one request may take together.</summary>
    public int BytesMax { get; private set; } = RequestBytesDefault - HeaderBytes;

    public void LimitTo(ServerLimits limits)
    {
        Read.LimitTo(limits.NodesPerRead);
        Write.LimitTo(limits.NodesPerWrite);
        Call.LimitTo(limits.NodesPerMethodCall);
        Browse.LimitTo(limits.NodesPerBrowse);
        Register.LimitTo(limits.NodesPerRegister);
        Translate.LimitTo(limits.NodesPerTranslate);
        HistoryRead.LimitTo(limits.NodesPerHistoryRead);
        MonitoredItems.LimitTo(limits.MonitoredItemsPerCall);
    }

    /// <summary>Most bytes of a whole request, from the session's or the channel's negotiation; 0 = no limit.</summary>
    public void LimitBytesTo(uint requestBytesMax)
    {
        if (requestBytesMax > 0)
        {
            BytesMax = (int)Math.Min((uint)BytesMax, Math.Max(requestBytesMax, 2 * HeaderBytes) - HeaderBytes);
        }
    }
}
