using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>
/// Cuts packets out of a stream of bytes, wherever the stream itself was cut. Its one buffer holds the longest packet there can be, so that
/// no length that a peer claims costs memory. Reading allocates nothing.
/// </summary>
/// <param name="link">Where the bytes come from; whoever opened it closes it.</param>
/// <param name="peer">Who is at the other end, for messages.</param>
public sealed class RtdePacketReader(IByteLink link, string peer)
{
    private readonly byte[] _buffer = new byte[ushort.MaxValue + 1];
    private int _start;
    private int _end;

    /// <summary>A packet that claims to be longer is not waited for.</summary>
    public int PacketBytesMax { get; set; } = RtdeLimits.ControlBytesMax;

    /// <summary>When the bytes read last had come.</summary>
    public long ArrivalMonoNanos { get; private set; }

    /// <summary>
    /// The next packet that is there whole; false: there is none, <see cref="Fill"/>. Throws <see cref="LinkBrokenException"/> when what is
    /// there cannot be a packet: where the next one begins is then unknown.
    /// </summary>
    public bool TryTake(out RtdePacket packet)
    {
        packet = default;
        var there = _end - _start;
        if (there < RtdeLimits.HeaderBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start));
        if (length < RtdeLimits.HeaderBytes || length > PacketBytesMax)
        {
            throw new LinkBrokenException(
                $"{peer} sends a packet of {length} bytes, where {RtdeLimits.HeaderBytes} to {PacketBytesMax} can be: it speaks no RTDE, or bytes were lost. "
                + $"The connection is opened anew; check that the port is the controller's RTDE port ({RtdeLimits.Port}).");
        }

        if (there < length)
        {
            return false;
        }

        packet = new RtdePacket((RtdePacketType)_buffer[_start + 2], _buffer.AsSpan(_start + RtdeLimits.HeaderBytes, length - RtdeLimits.HeaderBytes));
        _start += length;
        return true;
    }

    /// <summary>Waits for bytes, at most until then, and takes all that the link gives in one go. False: none came. Packets taken before are no longer valid.</summary>
    public bool Fill(long untilMonoNanos)
    {
        if (_start > 0)
        {
            // The part of a packet at most: all that was whole has been taken.
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var count = link.Read(_buffer.AsSpan(_end), untilMonoNanos);
        ArrivalMonoNanos = LinkClock.NowNanos();
        _end += count;
        return count > 0;
    }
}
