using System.Buffers.Binary;
using System.Text;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Sparkplug;

/// <summary>A packet of MQTT as it was on the wire (MQTT 3.1.1 and 5, chapter 2): its type, its flags, and what follows its length.</summary>
internal sealed record WirePacket(int Type, int Flags, byte[] Body)
{
    public const int Connect = 1;
    public const int Publish = 3;
    public const int Subscribe = 8;
    public const int Disconnect = 14;

    /// <summary>Of a PUBLISH.</summary>
    public string Topic => Text(Body, 0, out _);

    public int QoS => (Flags >> 1) & 3;

    public bool IsRetained => (Flags & 1) != 0;

    /// <summary>All whole packets; a part at the end is still on its way.</summary>
    public static IReadOnlyList<WirePacket> ReadAll(ReadOnlySpan<byte> bytes)
    {
        var packets = new List<WirePacket>();
        while (bytes.Length >= 2)
        {
            var length = Varint(bytes, 1, out var body);
            if (length < 0 || bytes.Length < body + length)
            {
                break;
            }

            packets.Add(new WirePacket(bytes[0] >> 4, bytes[0] & 15, bytes.Slice(body, length).ToArray()));
            bytes = bytes[(body + length)..];
        }

        return packets;
    }

    /// <summary>Of a PUBLISH: what follows its head.</summary>
    public byte[] Payload(bool isVersion5)
    {
        Text(Body, 0, out var at);
        at += QoS > 0 ? 2 : 0;
        return Body[(isVersion5 ? AfterProperties(at) : at)..];
    }

    /// <summary>Of a SUBSCRIBE: each filter with its QoS.</summary>
    public IReadOnlyList<(string Filter, int QoS)> Filters(bool isVersion5)
    {
        var filters = new List<(string, int)>();
        var at = isVersion5 ? AfterProperties(2) : 2;
        while (at < Body.Length)
        {
            var filter = Text(Body, at, out at);
            filters.Add((filter, Body[at++] & 3));
        }

        return filters;
    }

    /// <summary>Of a CONNECT.</summary>
    public WireConnect AsConnect()
    {
        Assert.Equal(Connect, Type);
        Assert.Equal("MQTT", Text(Body, 0, out var at));
        var (version, flags) = (Body[at], Body[at + 1]);
        at += 4;
        var expiry = 0u;
        if (version == 5)
        {
            expiry = SessionExpiry(at);
            at = AfterProperties(at);
        }

        Text(Body, at, out at);
        at = version == 5 ? AfterProperties(at) : at;
        var topic = Text(Body, at, out at);
        var length = BinaryPrimitives.ReadUInt16BigEndian(Body.AsSpan(at));
        return new WireConnect(version, flags, expiry, topic, Body.AsSpan(at + 2, length).ToArray());
    }

    private static string Text(byte[] bytes, int at, out int after)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
        after = at + 2 + length;
        return Encoding.UTF8.GetString(bytes, at + 2, length);
    }

    /// <summary>Minus one: its end has not come yet.</summary>
    private static int Varint(ReadOnlySpan<byte> bytes, int at, out int after)
    {
        var value = 0;
        for (after = at; after < bytes.Length; after++)
        {
            value |= (bytes[after] & 127) << (7 * (after - at));
            if (bytes[after] < 128)
            {
                after++;
                return value;
            }
        }

        return -1;
    }

    private int AfterProperties(int at)
    {
        var length = Varint(Body, at, out var after);
        return after + length;
    }

    /// <summary>Session Expiry Interval (MQTT 5, 3.1.2.11.2); absent is 0. Only properties of numbers may stand before it.</summary>
    private uint SessionExpiry(int at)
    {
        var end = AfterProperties(at);
        Varint(Body, at, out at);
        while (at < end)
        {
            var id = Body[at++];
            if (id == 0x11)
            {
                return BinaryPrimitives.ReadUInt32BigEndian(Body.AsSpan(at));
            }

            at += id switch
            {
                0x17 or 0x19 => 1,
                0x21 or 0x22 => 2,
                0x27 => 4,
                _ => throw new InvalidOperationException($"A CONNECT of ours has the property {id:X2}, which this test does not know."),
            };
        }

        return 0;
    }
}
