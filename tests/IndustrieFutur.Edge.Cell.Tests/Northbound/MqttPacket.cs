using System.Buffers.Binary;
using System.Text;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>One MQTT packet as bytes, read from its front: enough of MQTT 5 and 3.1.1 to play a broker in a test.</summary>
internal sealed class MqttPacket(byte head, byte[] body, int packetBytes)
{
    private int _at;

    public int Kind => head >> 4;

    public int QualityOfService => (head >> 1) & 3;

    /// <summary>With head and length.</summary>
    public int PacketBytes => packetBytes;

    public bool IsAtEnd => _at >= body.Length;

    public byte[] Rest => body[_at..];

    /// <summary>The next packet of a connection; throws <see cref="EndOfStreamException"/> at its end.</summary>
    public static async Task<MqttPacket> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, cancellation);
        var head = one[0];
        var (length, shift, bytes) = (0, 0, 1);
        do
        {
            await stream.ReadExactlyAsync(one, cancellation);
            length |= (one[0] & 0x7F) << shift;
            shift += 7;
            bytes++;
        }
        while ((one[0] & 0x80) != 0 && shift < 28);

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellation);
        return new MqttPacket(head, body, bytes + length);
    }

    public static byte[] Write(byte head, params byte[][] parts)
    {
        var body = parts.SelectMany(part => part).ToArray();
        var length = new List<byte>();
        var left = body.Length;
        do
        {
            length.Add((byte)((left & 0x7F) | (left > 0x7F ? 0x80 : 0)));
            left >>= 7;
        }
        while (left > 0);

        return [head, .. length, .. body];
    }

    public static byte[] Text(string text) => [.. Number16(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Number16(int number) => [(byte)(number >> 8), (byte)number];

    public byte ReadByte() => body[_at++];

    public ushort ReadNumber16()
    {
        _at += 2;
        return BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(_at - 2));
    }

    public string ReadText()
    {
        var length = ReadNumber16();
        _at += length;
        return Encoding.UTF8.GetString(body, _at - length, length);
    }

    /// <summary>The properties of version 5, of which a CONNECT's Session Expiry Interval (17) is looked for; 0 when it is not there first.</summary>
    public uint ReadProperties()
    {
        var (length, shift) = (0, 0);
        byte part;
        do
        {
            part = ReadByte();
            length |= (part & 0x7F) << shift;
            shift += 7;
        }
        while ((part & 0x80) != 0);

        var properties = body.AsSpan(_at, length);
        _at += length;
        return length >= 5 && properties[0] == 17 ? BinaryPrimitives.ReadUInt32BigEndian(properties[1..]) : 0;
    }
}
