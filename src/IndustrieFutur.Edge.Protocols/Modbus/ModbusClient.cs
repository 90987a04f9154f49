using System.Buffers.Binary;
using System.Text;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>
/// Asks the units behind one link, one request at a time, on the thread that owns the link. A round trip allocates nothing. A
/// refusal or a silence is a <see cref="ModbusResult"/>; only a broken link throws (<see cref="LinkBrokenException"/>).
/// </summary>
/// <remarks>
/// An RTU answer is found by unit, function, length and CRC, not by silence: no operating system hands the silences of a line
/// through. What does not fit is dropped byte by byte until the right frame comes or the time is over.
/// </remarks>
public sealed class ModbusClient
{
    /// <summary>A wait is cut into so much, to see between two of them whether we stop; a device that works answers within the first.</summary>
    private const long WaitNanos = 50_000_000;

    private const int RtuHeader = 1;
    private const int TcpHeader = 7;
    private const int CrcBytes = 2;

    /// <summary>After a garbled frame the line must be quiet for so long: twice the pause that a USB adapter makes between two packets.</summary>
    private const long QuietAfterFaultNanos = 50_000_000;

    /// <summary>A line that never falls silent is spoken on all the same after so long, or a babbling unit would stop every other.</summary>
    private const long QuietPatienceNanos = 500_000_000;

    /// <summary>A late answer can come before the next request or, taken for its answer, before the one after.</summary>
    private const int SuspectAfterFault = 2;

    /// <summary>An object's number is a byte and grows from answer to answer, so no device has more answers than this.</summary>
    private const int IdentificationAnswersMax = 256;

    private readonly IByteLink _link;
    private readonly bool _isTcp;
    private readonly bool _stripEcho;
    private readonly int _header;
    private readonly long _gapNanos;
    private readonly long _characterNanos;
    private readonly long _turnaroundNanos;
    private readonly byte[] _request = new byte[ModbusLimits.TcpBytesMax];

    // Four frames: a babbling line is dropped in large bites, and the right frame behind an echo still fits.
    private readonly byte[] _received = new byte[4 * ModbusLimits.TcpBytesMax];

    private int _filled;
    private int _answerAt;
    private int _answerLength;
    private int _taken;
    private int _suspect;
    private ushort _transaction;
    private long _quietFromNanos;

    public ModbusClient(IByteLink link, ModbusClientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(settings);
        _link = link;
        _isTcp = settings.Framing == ModbusFraming.Tcp;
        _stripEcho = settings.StripEcho && !_isTcp;
        _header = _isTcp ? TcpHeader : RtuHeader;
        _gapNanos = settings.FrameGapNanos;
        _characterNanos = settings.CharacterNanos;
        _turnaroundNanos = settings.Turnaround.Ticks * 100;
    }

    /// <summary>How long a unit may think about a request; the time on the wire comes on top. 300 ms outlasts three scans of a slow PLC.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Cancelled: the wait for an answer ends, this one and every later one, with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>When the last byte of the last answer was in hand, on the monotonic clock.</summary>
    public long ArrivalMonoNanos { get; private set; }

    /// <summary>Frames that were for us but whose CRC was wrong.</summary>
    public long CrcErrors { get; private set; }

    /// <summary>Bytes that belonged to no answer we waited for: noise, late and foreign frames.</summary>
    public long StrayBytes { get; private set; }

    private Span<byte> Pdu => _request.AsSpan(_header, ModbusLimits.PduBytesMax);

    private ReadOnlySpan<byte> Answer => _received.AsSpan(_answerAt, _answerLength);

    /// <summary>
    /// Reads values of one table. <paramref name="data"/> shows them as they came until the next call: registers as big-endian pairs
    /// of bytes, bits eight to a byte, lowest first.
    /// </summary>
    public ModbusResult Read(byte unit, ModbusTable table, ushort start, int count, out ReadOnlySpan<byte> data) =>
        Read(unit, ModbusRequest.Read(Pdu, table, start, count), out data);

    public ModbusResult WriteCoil(byte unit, ushort address, bool value) =>
        Exchange(unit, ModbusRequest.WriteCoil(Pdu, address, value));

    public ModbusResult WriteRegister(byte unit, ushort address, ushort value) =>
        Exchange(unit, ModbusRequest.WriteRegister(Pdu, address, value));

    public ModbusResult WriteCoils(byte unit, ushort start, ReadOnlySpan<bool> values) =>
        Exchange(unit, ModbusRequest.WriteCoils(Pdu, start, values));

    public ModbusResult WriteRegisters(byte unit, ushort start, ReadOnlySpan<ushort> values) =>
        Exchange(unit, ModbusRequest.WriteRegisters(Pdu, start, values));

    /// <summary>The register becomes (old AND and) OR (or AND NOT and), in one step.</summary>
    public ModbusResult MaskWriteRegister(byte unit, ushort address, ushort and, ushort or) =>
        Exchange(unit, ModbusRequest.MaskWriteRegister(Pdu, address, and, or));

    /// <summary>Writes some registers, then reads others, in one request.</summary>
    public ModbusResult ReadWriteRegisters(
        byte unit, ushort readStart, int readCount, ushort writeStart, ReadOnlySpan<ushort> values, out ReadOnlySpan<byte> data) =>
        Read(unit, ModbusRequest.ReadWriteRegisters(Pdu, readStart, readCount, writeStart, values), out data);

    /// <summary>Reads who the device is, object by object, into <paramref name="objects"/>; asks again while more follows.</summary>
    public ModbusResult ReadIdentification(byte unit, ModbusIdentification which, byte firstObject, IDictionary<byte, string> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var next = firstObject;
        for (var asked = 0; asked < IdentificationAnswersMax; asked++)
        {
            RefuseBroadcast(unit);
            var result = Exchange(unit, ModbusRequest.ReadIdentification(Pdu, which, next));
            if (!result.IsOk)
            {
                return result;
            }

            TakeObjects(Answer, objects);
            var more = Answer[4] == 0xFF && Answer[5] > next;
            next = Answer[5];
            if (!more)
            {
                break;
            }
        }

        return ModbusResult.Ok;
    }

    /// <summary>
    /// Reads what has come without being asked for, and does not wait for it: a link that is gone shows
    /// (<see cref="LinkBrokenException"/>) even when nothing is to be asked for a while.
    /// </summary>
    public void Look()
    {
        Drop(_isTcp ? _taken : _filled);
        _taken = 0;
        var at = 0;
        if (!Receive(LinkClock.NowNanos(), ref at))
        {
            return;
        }

        if (!_isTcp)
        {
            StrayBytes += _filled;
            _quietFromNanos = Math.Max(_quietFromNanos, ArrivalMonoNanos + _gapNanos);
            return;
        }

        for (var frame = TcpFrame(); frame > 0; frame = TcpFrame())
        {
            StrayBytes += frame;
            Drop(frame);
        }
    }

    private static void TakeObjects(ReadOnlySpan<byte> answer, IDictionary<byte, string> objects)
    {
        var at = 7;
        for (var left = answer[6]; left > 0; left--)
        {
            var length = answer[at + 1];
            objects[answer[at]] = Encoding.UTF8.GetString(answer.Slice(at + 2, length));
            at += 2 + length;
        }
    }

    private ModbusResult Read(byte unit, int pduLength, out ReadOnlySpan<byte> data)
    {
        RefuseBroadcast(unit);
        var result = Exchange(unit, pduLength);
        data = result.IsOk ? Answer[2..] : default;
        return result;
    }

    private void RefuseBroadcast(byte unit)
    {
        if (unit == ModbusLimits.BroadcastUnit && !_isTcp)
        {
            throw new ArgumentOutOfRangeException(nameof(unit), unit, "Nobody answers a broadcast, so nothing can be read by one.");
        }
    }

    private ModbusResult Exchange(byte unit, int pduLength)
    {
        var length = Frame(unit, pduLength);
        if (!_isTcp)
        {
            WaitForQuietLine();
        }

        _link.Write(_request.AsSpan(0, length));
        var sent = LinkClock.NowNanos();
        if (unit == ModbusLimits.BroadcastUnit && !_isTcp)
        {
            _quietFromNanos = sent + WireNanos(length) + _turnaroundNanos;
            return ModbusResult.Ok;
        }

        var answerMax = _header + ModbusAnswer.LengthMax(Pdu) + CrcBytes;
        var deadline = sent + (Timeout.Ticks * 100) + WireNanos(length + answerMax);
        var answered = _isTcp ? ReceiveTcp(pduLength, deadline) : ReceiveRtu(unit, length, deadline);
        return answered ? ResultOf(Answer) : ModbusResult.Timeout;
    }

    private static ModbusResult ResultOf(ReadOnlySpan<byte> answer) =>
        ModbusAnswer.IsException(answer) ? ModbusResult.Refused((ModbusExceptionCode)answer[1]) : ModbusResult.Ok;

    private long WireNanos(int characters) => characters * _characterNanos;

    private int Frame(byte unit, int pduLength)
    {
        if (!_isTcp)
        {
            _request[0] = unit;
            return ModbusCrc.Append(_request, RtuHeader + pduLength);
        }

        _transaction++;
        BinaryPrimitives.WriteUInt16BigEndian(_request, _transaction);
        BinaryPrimitives.WriteUInt16BigEndian(_request.AsSpan(4), (ushort)(1 + pduLength));
        _request[6] = unit;
        return TcpHeader + pduLength;
    }

    /// <summary>Waits for the silence before a request. What comes meanwhile is nobody's answer: dropped, and the silence starts anew.</summary>
    private void WaitForQuietLine()
    {
        _filled = 0;
        if (_suspect > 0)
        {
            _suspect--;
            _link.DiscardInput();
        }

        var now = LinkClock.NowNanos();
        var giveUp = now + QuietPatienceNanos;
        while (now < _quietFromNanos && now < giveUp)
        {
            var read = Wait(_received, Math.Min(_quietFromNanos, giveUp));
            now = LinkClock.NowNanos();
            if (read > 0)
            {
                StrayBytes += read;
                _quietFromNanos = Math.Max(_quietFromNanos, now + _gapNanos);
            }
        }
    }

    private bool ReceiveRtu(byte unit, int requestLength, long deadline)
    {
        var at = 0;
        var echoLeft = _stripEcho;
        while (Receive(deadline, ref at))
        {
            if (echoLeft && !TryDropEcho(requestLength, ref at, ref echoLeft))
            {
                continue;
            }

            if (TryFindRtu(unit, ref at))
            {
                _quietFromNanos = ArrivalMonoNanos + _gapNanos;
                return true;
            }
        }

        StrayBytes += _filled - at;
        Fault();
        return false;
    }

    /// <summary>Our own bytes come back first, when they do at all: true once it is known what the rest is.</summary>
    private bool TryDropEcho(int requestLength, ref int at, ref bool echoLeft)
    {
        var there = Math.Min(_filled, requestLength);
        var isEcho = _received.AsSpan(0, there).SequenceEqual(_request.AsSpan(0, there));
        if (isEcho && there < requestLength)
        {
            return false;
        }

        echoLeft = false;
        at = isEcho ? requestLength : 0;
        return true;
    }

    /// <summary>Looks for the answer from <paramref name="at"/> on and moves it past what cannot be the answer's start.</summary>
    private bool TryFindRtu(byte unit, ref int at)
    {
        var from = at;
        for (; at < _filled; at++)
        {
            if (_received[at] != unit)
            {
                continue;
            }

            var length = ModbusAnswer.Length(Pdu, _received.AsSpan(at + RtuHeader, _filled - at - RtuHeader));
            if (length == ModbusAnswer.Foreign)
            {
                continue;
            }

            var frame = RtuHeader + length + CrcBytes;
            if (length == ModbusAnswer.LengthUnknown || at + frame > _filled)
            {
                break;
            }

            if (ModbusCrc.Of(_received.AsSpan(at, frame)) == 0)
            {
                TakeRtu(at, length, from);
                return true;
            }

            CrcErrors++;
        }

        StrayBytes += at - from;
        return false;
    }

    private void TakeRtu(int at, int length, int from)
    {
        _answerAt = at + RtuHeader;
        _answerLength = length;
        var behind = _filled - (at + RtuHeader + length + CrcBytes);
        StrayBytes += at - from + behind;
        if (behind > 0)
        {
            // A stray byte behind a frame is how many RS-485 adapters switch: no reason to hold the line up.
            _suspect = Math.Max(_suspect, 1);
        }
    }

    /// <summary>Something went wrong on the line: let it fall silent, and trust nothing that still comes in.</summary>
    private void Fault()
    {
        _suspect = SuspectAfterFault;
        if (_filled > 0)
        {
            _quietFromNanos = Math.Max(_quietFromNanos, ArrivalMonoNanos + Math.Max(_gapNanos, QuietAfterFaultNanos));
        }
    }

    private bool ReceiveTcp(int pduLength, long deadline)
    {
        Drop(_taken);
        _taken = 0;
        var request = Pdu[..pduLength];
        var at = 0;
        do
        {
            for (var frame = TcpFrame(); frame > 0; frame = TcpFrame())
            {
                if (IsAnswer(request, frame))
                {
                    // The answer stays readable where it lies; the next exchange drops it.
                    _answerAt = TcpHeader;
                    _answerLength = frame - TcpHeader;
                    _taken = frame;
                    return true;
                }

                StrayBytes += frame;
                Drop(frame);
            }
        }
        while (Receive(deadline, ref at));
        return false;
    }

    /// <summary>The transaction names the request, so the unit is not looked at: some gateways answer with their own.</summary>
    private bool IsAnswer(ReadOnlySpan<byte> request, int frame) =>
        BinaryPrimitives.ReadUInt16BigEndian(_received) == _transaction
        && ModbusAnswer.Length(request, _received.AsSpan(TcpHeader, frame - TcpHeader)) == frame - TcpHeader;

    /// <summary>The length of the whole frame at the start of what has come; 0: not whole yet.</summary>
    private int TcpFrame()
    {
        var frame = ModbusMbap.FrameLength(_received.AsSpan(0, _filled));
        if (frame < 0)
        {
            throw new LinkBrokenException(
                "The peer sends something else than Modbus TCP, so the connection is closed and opened again. "
                + "Check that host and port are those of the device's Modbus server.");
        }

        return frame;
    }

    private void Drop(int bytes)
    {
        _received.AsSpan(bytes, _filled - bytes).CopyTo(_received);
        _filled -= bytes;
    }

    /// <summary>Waits for more bytes. False: the time is over, however much still comes in.</summary>
    private bool Receive(long deadline, ref int at)
    {
        if (ArrivalMonoNanos > deadline)
        {
            return false;
        }

        if (_filled == _received.Length)
        {
            Drop(at);
            at = 0;
        }

        var read = Wait(_received.AsSpan(_filled), deadline);
        if (read == 0)
        {
            return false;
        }

        _filled += read;
        ArrivalMonoNanos = LinkClock.NowNanos();
        return true;
    }

    private int Wait(Span<byte> buffer, long deadline)
    {
        var until = LinkClock.NowNanos();
        int read;
        do
        {
            Stopping.ThrowIfCancellationRequested();
            until = Math.Min(until + WaitNanos, deadline);
            read = _link.Read(buffer, until);
        }
        while (read == 0 && until < deadline);

        return read;
    }
}
