using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Tests.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Drivers.Modbus;

/// <summary>A serial unit that refuses every request with one exception, whichever it is told.</summary>
internal sealed class BusyDevice(byte code) : IByteLink
{
    private byte[] _answer = [];

    /// <summary>The exception; 0 answers a single register with 7.</summary>
    public byte Code { get; set; } = code;

    public int Requests { get; private set; }

    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        var count = _answer.Length;
        _answer.CopyTo(buffer);
        _answer = [];
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Requests++;
        var head = $"{bytes[0]:X2} {(Code == 0 ? bytes[1] : bytes[1] | 0x80):X2} ";
        _answer = Hex.Bytes(Hex.Framed(head + (Code == 0 ? "02 00 07" : $"{Code:X2}")));
    }

    public void DiscardInput() => _answer = [];

    public void Dispose()
    {
    }
}
