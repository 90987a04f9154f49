using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>One connection seen as chunks: whole ones come out of its receive buffer, whole ones go out.</summary>
internal sealed class ChunkLink(UaSocket socket, ChannelLimits limits, TimeSpan sendTimeout) : IDisposable
{
    private readonly ReceiveBuffer _received = new(limits.ReceiveBufferBytes);

    /// <summary>How long the peer may take no byte.</summary>
    public TimeSpan SendTimeout { get; set; } = sendTimeout;

    public string Peer => socket.Peer;

    public ChannelCounters Counters { get; } = new();

    /// <summary>Where chunks lie that were received.</summary>
    public byte[] Bytes => _received.Bytes;

    /// <summary>The next whole chunk, which stays where it is until the next call; false at the deadline.</summary>
    public bool TryReceive(long untilNanos, out Chunk chunk)
    {
        ChunkHeader header;
        int start;
        while (!_received.TryTake(out header, out start))
        {
            var count = socket.Receive(_received.Space(), untilNanos);
            if (count == 0)
            {
                chunk = default;
                return false;
            }

            _received.Filled(count);
            Counters.BytesReceived += count;
        }

        Counters.ChunksReceived++;
        chunk = new Chunk(header, start);
        return true;
    }

    public ReadOnlySpan<byte> Of(Chunk chunk) => Bytes.AsSpan(chunk.Start, chunk.Header.Bytes);

    public void Send(ReadOnlySpan<byte> chunk)
    {
        socket.Send(chunk, MonoTime.NowNanos() + (SendTimeout.Ticks * 100));
        Counters.BytesSent += chunk.Length;
        Counters.ChunksSent++;
    }

    public void IgnoreStop() => socket.IgnoreStop();

    public void Dispose() => socket.Dispose();
}
