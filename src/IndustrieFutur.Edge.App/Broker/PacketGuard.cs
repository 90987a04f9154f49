using System.Buffers;
using System.IO.Pipelines;
using MQTTnet.Exceptions;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// Reads the length that each MQTT packet announces (MQTT 5, 2.1.4) before the packet itself is waited for: who announces too much is cut
/// off, so that a length never takes memory by being believed.
/// </summary>
internal sealed class PacketGuard(PipeReader inner, long packetBytesMax, Action onRefused) : PipeReader
{
    /// <summary>A stranger's first packet is its CONNECT: two names, a password and a will. It gets no more memory before it is known.</summary>
    private const int ConnectBytesMax = 65_536;

    private bool _isKnown;

    /// <summary>From the next byte that is to be taken to the start of the next packet whose length is not known.</summary>
    private long _ahead;

    private ReadOnlySequence<byte> _seen;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        Look(result.Buffer);
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        var isRead = inner.TryRead(out result);
        if (isRead)
        {
            Look(result.Buffer);
        }

        return isRead;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _ahead -= _seen.Slice(_seen.Start, consumed).Length;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private void Look(ReadOnlySequence<byte> buffer)
    {
        _seen = buffer;
        while (_ahead < buffer.Length && LengthOf(buffer.Slice(_ahead)) is > 0 and var length)
        {
            var most = _isKnown ? packetBytesMax : Math.Min(packetBytesMax, ConnectBytesMax);
            if (length > most)
            {
                onRefused();
                throw new MqttProtocolViolationException($"A packet of {length} bytes was announced; {most} are taken.");
            }

            _isKnown = true;
            _ahead += length;
        }
    }

    /// <summary>Bytes of the packet that begins here, its header included; 0 while the length itself is not there yet.</summary>
    private static long LengthOf(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(1);
        var length = 0L;
        for (var shift = 0; reader.TryRead(out var digit); shift += 7)
        {
            length |= (long)(digit & 0x7F) << shift;
            if (digit < 0x80)
            {
                return reader.Consumed + length;
            }

            // Four digits at most (1.5.5): a fifth is as good as a length beyond every limit.
            if (shift == 21)
            {
                return long.MaxValue;
            }
        }

        return 0;
    }
}
