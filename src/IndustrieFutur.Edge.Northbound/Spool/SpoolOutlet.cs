using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>A spool as one of its sinks sees it: what is to be sent there, and what is confirmed from there. No sink waits for another.</summary>
public sealed class SpoolOutlet
{
    private readonly TelemetrySpool _spool;

    internal SpoolOutlet(TelemetrySpool spool, int index, SpoolSink sink, ReplayPace pace)
    {
        (_spool, Index, Sink, Pace) = (spool, index, sink, pace);
    }

    public SpoolSink Sink { get; }

    /// <summary>Samples accepted that this sink has not confirmed; others may have, or not.</summary>
    public long Pending => _spool.Streams.Sum(stream => (long)stream.PendingOf(CursorOf(stream)));

    /// <summary>Of these, what it has not sent a first time or is to send again.</summary>
    public long Backlog => _spool.Streams.Sum(stream => (long)stream.BacklogOf(CursorOf(stream)));

    /// <summary>Moves on with each watermark that does.</summary>
    internal UInt128 Confirmed => _spool.Streams.Aggregate(UInt128.Zero, (sum, stream) => sum + stream.ConfirmedOf(CursorOf(stream)));

    /// <summary>Its place among the spool's outlets.</summary>
    internal int Index { get; }

    internal ReplayPace Pace { get; }

    public HeadMessage Head() => new([.. _spool.Streams.Select(stream => stream.Head(CursorOf(stream), _spool.Flush))]);

    public void ApplyStored(string historian, StoredMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var stored in message.Streams)
        {
            if (_spool.Find(stored.Stream) is { } stream)
            {
                stream.ApplyStored(CursorOf(stream), historian, stored);
            }
        }
    }

    public void RequestReplay(string historian, ReplayMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_spool.Find(message.Stream) is { } stream && message.Epoch == StreamSpool.Hex(stream.Epoch))
        {
            stream.RequestReplay(CursorOf(stream), historian, message.From, message.To);
        }
    }

    internal SinkCursor CursorOf(StreamSpool stream) => stream.Cursors[Index];
}
