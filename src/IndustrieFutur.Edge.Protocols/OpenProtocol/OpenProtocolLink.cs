using System.Text;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.OpenProtocol;

/// <summary>
/// Sends and receives whole messages on one link: with a NUL behind them over TCP, between STX and ETX on a serial line. A message that
/// was read is valid until the next one. Allocates nothing per message.
/// </summary>
public sealed class OpenProtocolLink
{
    private const byte Stx = 0x02;
    private const byte Etx = 0x03;

    /// <summary>BEL HT BEL HT: what the integrator's messages begin with on a serial line, which the controller may use for other talk too.</summary>
    private static readonly byte[] Attention = [0x07, 0x09, 0x07, 0x09];

    private readonly IByteLink _link;
    private readonly FrameReader _reader;
    private readonly byte[] _sent = new byte[OpenProtocolHeader.MessageBytesMax + 8];
    private readonly byte[] _before;
    private readonly byte _behind;

    private OpenProtocolLink(IByteLink link, FrameReader reader, byte[] before, byte behind)
    {
        _link = link;
        _reader = reader;
        _before = before;
        _behind = behind;
    }

    /// <summary>When the last message was in hand; those that one read brought are a nanosecond apart.</summary>
    public long ArrivalMonoNanos => _reader.ArrivalMonoNanos;

    /// <summary>Bytes and beginnings of messages that were dropped.</summary>
    public long Dropped => _reader.NoiseBytes + _reader.CheckErrors + _reader.TooLong;

    public static OpenProtocolLink OverTcp(IByteLink link) =>
        new(link, new FrameReader(link, new OpenProtocolCutter()), [], 0);

    /// <summary>The integrator's end of a serial line.</summary>
    public static OpenProtocolLink ToController(IByteLink link) => new(link, Serial(link), [.. Attention, Stx], Etx);

    /// <summary>The controller's end of a serial line.</summary>
    public static OpenProtocolLink ToIntegrator(IByteLink link) => new(link, Serial(link), [Stx], Etx);

    /// <summary>
    /// Waits for the next message, at most until the time (<see cref="LinkClock"/>); false: it passed. Throws
    /// <see cref="LinkBrokenException"/> when the link is gone. What has no header is no message.
    /// </summary>
    public bool TryRead(long untilMonoNanos, out OpenProtocolHeader header, out ReadOnlySpan<byte> message)
    {
        while (_reader.TryRead(untilMonoNanos, out message))
        {
            message = message.TrimEnd((byte)0);
            if (OpenProtocolHeader.TryRead(message, out header) && OpenProtocolHeader.LengthOf(message) == message.Length)
            {
                return true;
            }
        }

        header = default;
        return false;
    }

    /// <summary>Sends a message without data.</summary>
    public void Send(int mid, bool noAcknowledge = false) => Send(new OpenProtocolHeader(mid, 1, noAcknowledge), []);

    /// <summary>Sends a message whose data is text.</summary>
    public void Send(int mid, string data) => Send(new OpenProtocolHeader(mid, 1, false), Encoding.Latin1.GetBytes(data));

    /// <summary>Sends a message.</summary>
    public void Send(in OpenProtocolHeader header, ReadOnlySpan<byte> data)
    {
        var length = OpenProtocolHeader.Bytes + data.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, OpenProtocolHeader.MessageBytesMax);
        _before.CopyTo(_sent, 0);
        header.Write(_sent.AsSpan(_before.Length), length);
        data.CopyTo(_sent.AsSpan(_before.Length + OpenProtocolHeader.Bytes));
        _sent[_before.Length + length] = _behind;
        _link.Write(_sent.AsSpan(0, _before.Length + length + 1));
    }

    private static FrameReader Serial(IByteLink link) => new(
        link,
        new FrameSettings { Kind = FrameKind.Stx, BlockCheck = BlockCheck.None, BytesMax = OpenProtocolHeader.MessageBytesMax + 1 });
}
