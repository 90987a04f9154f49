using System.IO.Ports;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>A serial line as one writes it first: <see cref="SerialPort"/>, asked for bytes and waiting for them, nothing of ours around it.</summary>
internal sealed class PlainSerialLink : IByteLink
{
    private const int MessageBytesMax = 256;

    private readonly SerialPort _port;
    private readonly byte[] _bytes = new byte[MessageBytesMax];

    public PlainSerialLink(SerialSettings settings)
    {
        _port = new SerialPort(settings.Port, settings.Baud, Parity.None, settings.DataBits, StopBits.One);
        _port.Open();
    }

    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        _port.ReadTimeout = (int)Math.Max(1, (untilMonoNanos - LinkClock.NowNanos()) / 1_000_000);
        try
        {
            var count = _port.Read(_bytes, 0, Math.Min(buffer.Length, MessageBytesMax));
            _bytes.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        catch (TimeoutException)
        {
            return 0;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes);
        _port.Write(_bytes, 0, bytes.Length);
    }

    public void DiscardInput() => _port.DiscardInBuffer();

    public void Dispose() => _port.Dispose();
}
