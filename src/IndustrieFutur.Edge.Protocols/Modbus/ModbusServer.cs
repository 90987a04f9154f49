using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>Takes requests from one link and answers them from a device: what the simulators are made of. One per link and thread.</summary>
/// <remarks>
/// An RTU request is found by the length that its function implies and its CRC, byte by byte; what is left when the line falls silent
/// is dropped, or refused when it is a whole frame of an unknown function.
/// </remarks>
public sealed class ModbusServer
{
    private const int CrcBytes = 2;

    /// <summary>Inside a frame no serial driver pauses for so long; USB adapters hand bytes over every 16 ms at worst.</summary>
    private const long SilenceNanos = 20_000_000;

    /// <summary>Unit numbers that mean the TCP device itself and nobody behind it.</summary>
    private const byte TcpItself = 0xFF;

    private readonly ModbusResponder _responder;
    private readonly bool _isTcp;
    private readonly byte _unit;
    private readonly byte[] _received = new byte[4 * ModbusLimits.TcpBytesMax];
    private readonly byte[] _answer = new byte[ModbusLimits.TcpBytesMax];
    private int _filled;
    private long _answered;

    public ModbusServer(IModbusDevice device, ModbusFraming framing, byte unit)
    {
        ArgumentNullException.ThrowIfNull(device);
        _responder = new ModbusResponder(device);
        _isTcp = framing == ModbusFraming.Tcp;
        _unit = unit;
    }

    /// <summary>Requests answered, refusals included.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>
    /// Waits for bytes, at most until the given time, and answers the requests that are whole by then. Throws
    /// <see cref="LinkBrokenException"/> when the link is gone or the peer does not speak Modbus.
    /// </summary>
    public void Serve(IByteLink link, long untilMonoNanos)
    {
        ArgumentNullException.ThrowIfNull(link);
        var until = _filled > 0 ? Math.Min(untilMonoNanos, LinkClock.NowNanos() + SilenceNanos) : untilMonoNanos;
        var read = link.Read(_received.AsSpan(_filled), until);
        _filled += read;
        if (_isTcp)
        {
            AnswerTcp(link);
            return;
        }

        AnswerRtu(link);
        if (read == 0)
        {
            EndOfFrame(link);
        }

        if (_filled == _received.Length)
        {
            // A line that never falls silent: its older half can hold no request that is still coming.
            Drop(_filled / 2);
        }
    }

    /// <summary>
    /// Answers every whole request wherever it starts. What is none is kept until the line falls silent: it can be the start of one.
    /// </summary>
    private void AnswerRtu(IByteLink link)
    {
        var at = 0;
        while (at < _filled)
        {
            var length = RtuLength(_received.AsSpan(at, _filled - at));
            if (length == 0)
            {
                at++;
                continue;
            }

            AnswerRtu(link, _received.AsSpan(at, length));
            Drop(at + length);
            at = 0;
        }
    }

    /// <summary>The length of a whole request to us or to all at the start of the bytes; 0: there is none, or not yet.</summary>
    private int RtuLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != _unit && bytes[0] != ModbusLimits.BroadcastUnit)
        {
            return 0;
        }

        var length = ModbusRequest.Length(bytes[1..]);
        var frame = 1 + length + CrcBytes;
        var isWhole = length > 0 && frame <= ModbusLimits.RtuBytesMax && frame <= bytes.Length;
        return isWhole && ModbusCrc.Of(bytes[..frame]) == 0 ? frame : 0;
    }

    /// <summary>The line fell silent: what waits is a whole frame of a function that nobody knows, or will never be one.</summary>
    private void EndOfFrame(IByteLink link)
    {
        var left = _received.AsSpan(0, _filled);
        if (left.Length is >= 4 and <= ModbusLimits.RtuBytesMax && left[0] == _unit && ModbusCrc.Of(left) == 0)
        {
            AnswerRtu(link, left);
        }

        Drop(_filled);
    }

    private void AnswerRtu(IByteLink link, ReadOnlySpan<byte> frame)
    {
        var length = _responder.Answer(frame[1..^CrcBytes], _answer.AsSpan(1));
        if (frame[0] == ModbusLimits.BroadcastUnit)
        {
            return;
        }

        _answer[0] = _unit;
        link.Write(_answer.AsSpan(0, ModbusCrc.Append(_answer, 1 + length)));
        Volatile.Write(ref _answered, _answered + 1);
    }

    private void AnswerTcp(IByteLink link)
    {
        var frame = ModbusMbap.FrameLength(_received.AsSpan(0, _filled));
        while (frame > 0)
        {
            AnswerTcp(link, _received.AsSpan(0, frame));
            Drop(frame);
            frame = ModbusMbap.FrameLength(_received.AsSpan(0, _filled));
        }

        if (frame < 0)
        {
            throw new LinkBrokenException("A client sent something else than Modbus TCP; its connection is closed.");
        }
    }

    private void AnswerTcp(IByteLink link, ReadOnlySpan<byte> frame)
    {
        frame[..ModbusMbap.Bytes].CopyTo(_answer);
        var length = AnswerUnit(frame[6], frame[ModbusMbap.Bytes..], _answer.AsSpan(ModbusMbap.Bytes));
        BinaryPrimitives.WriteUInt16BigEndian(_answer.AsSpan(4), (ushort)(1 + length));
        link.Write(_answer.AsSpan(0, ModbusMbap.Bytes + length));
        Volatile.Write(ref _answered, _answered + 1);
    }

    /// <summary>Answers like a gateway: a unit that is not there fails to respond; a request cut short is a value nobody takes.</summary>
    private int AnswerUnit(byte unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        var isThere = unit == _unit || unit is TcpItself or ModbusLimits.BroadcastUnit;
        var length = ModbusRequest.Length(request);
        var refused = !isThere ? ModbusExceptionCode.GatewayTargetFailedToRespond
            : length == ModbusRequest.FunctionUnknown ? ModbusExceptionCode.IllegalFunction
            : length != request.Length ? ModbusExceptionCode.IllegalDataValue
            : ModbusExceptionCode.None;
        if (refused == ModbusExceptionCode.None)
        {
            return _responder.Answer(request, answer);
        }

        answer[0] = (byte)(request[0] | 0x80);
        answer[1] = (byte)refused;
        return 2;
    }

    private void Drop(int bytes)
    {
        _received.AsSpan(bytes, _filled - bytes).CopyTo(_received);
        _filled -= bytes;
    }
}
