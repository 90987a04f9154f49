using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// From the bytes of a PublishResponse to the sink, without an object in between. Nothing is believed before its bytes are there;
/// what is broken throws <see cref="UaDecodingException"/>, after the values before it were delivered.
/// </summary>
public static class NotificationDecoder
{
    private const uint DataChangeNotification = 811;
    private const uint StatusChangeNotification = 820;
    private const uint EventNotificationList = 916;

    /// <summary>A handle and the mask of a DataValue without any part.</summary>
    private const int ItemBytesMin = 5;

    /// <summary>A handle and an array's length.</summary>
    private const int EventBytesMin = 8;

    /// <summary>What follows the value, by the mask's six bits: status 4, times 8 each, picoseconds 2 each (OPC UA Part 6, 5.2.2.17).</summary>
    internal static ReadOnlySpan<byte> TrailerBytes =>
    [
        0, 0, 4, 4, 8, 8, 12, 12, 8, 8, 12, 12, 16, 16, 20, 20,
        2, 2, 6, 6, 10, 10, 14, 14, 10, 10, 14, 14, 18, 18, 22, 22,
        2, 2, 6, 6, 10, 10, 14, 14, 10, 10, 14, 14, 18, 18, 22, 22,
        4, 4, 8, 8, 12, 12, 16, 16, 12, 12, 16, 16, 20, 20, 24, 24,
    ];

    /// <summary>Decodes what follows the type id of a PublishResponse. Keeps no books: no sequence is checked here.</summary>
    public static DecodedMessage Decode<TSink>(ReadOnlySpan<byte> publishResponse, ref TSink sink)
        where TSink : struct, INotificationSink
    {
        var head = PublishHead.Read(publishResponse);
        if (PublishHead.IsBad(head.ServiceResult))
        {
            return default;
        }

        return Deliver(head.SubscriptionId, head.Message, ref sink);
    }

    internal static DecodedMessage Deliver<TSink>(uint subscriptionId, in NotificationHead message, ref TSink sink)
        where TSink : struct, INotificationSink
    {
        if (message.IsKeepAlive)
        {
            sink.OnKeepAlive(subscriptionId);
            return default;
        }

        sink.OnMessage(subscriptionId, message.PublishTime);
        var reader = new UaReader(message.Data);
        var decoded = default(DecodedMessage);
        for (var i = 0; i < message.Count; i++)
        {
            decoded = DeliverOne(ref reader, decoded, ref sink);
        }

        return decoded with { DataBytes = reader.Position };
    }

    private static DecodedMessage DeliverOne<TSink>(ref UaReader reader, DecodedMessage sum, ref TSink sink)
        where TSink : struct, INotificationSink
    {
        var type = ReadNumericId(ref reader);
        var body = reader.ReadExtensionEncoding() == ExtensionObjectEncoding.None ? default : reader.ReadBytes(out _);
        return type switch
        {
            DataChangeNotification => sum with { Values = sum.Values + Values(body, ref sink) },
            EventNotificationList => sum with { Events = sum.Events + Events(body, ref sink) },
            StatusChangeNotification => sum with { HasStatusChange = true, StatusChange = new UaReader(body).ReadStatusCode() },

            // Another kind of notification has its length, and is none that we asked for.
            _ => sum,
        };
    }

    /// <summary>A numeric id of namespace 0; 0 for every other.</summary>
    private static uint ReadNumericId(ref UaReader reader)
    {
        var rest = reader.Rest;
        reader.SkipNodeId();
        return rest[0] switch
        {
            0 => rest[1],
            1 when rest[1] == 0 => BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]),
            2 when rest[1] == 0 && rest[2] == 0 => BinaryPrimitives.ReadUInt32LittleEndian(rest[3..]),
            _ => 0,
        };
    }

    /// <summary>The items of a DataChangeNotification; its diagnostics, which we never ask for, lie after them.</summary>
    private static int Values<TSink>(ReadOnlySpan<byte> body, ref TSink sink)
        where TSink : struct, INotificationSink
    {
        var count = Math.Max(0, new UaReader(body).ReadArrayLength(ItemBytesMin));
        var position = sizeof(int);
        for (var i = 0; i < count; i++)
        {
            position = Value(body, position, ref sink);
        }

        return count;
    }

    /// <summary>One MonitoredItemNotification; returns where the next one begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Value<TSink>(ReadOnlySpan<byte> body, int position, ref TSink sink)
        where TSink : struct, INotificationSink
    {
        Need(body, position, ItemBytesMin);
        var handle = BinaryPrimitives.ReadUInt32LittleEndian(body[position..]);
        var mask = body[position + 4];
        position += ItemBytesMin;
        var value = default(NotifiedValue);
        if ((mask & (byte)DataValueFields.Value) != 0)
        {
            Need(body, position, 1);
            var head = body[position];
            var scalarBytes = head < VariantSkipper.ScalarBytes.Length ? VariantSkipper.ScalarBytes[head] : 0;
            if (scalarBytes != 0)
            {
                Need(body, position, 1 + scalarBytes);
                value.Type = (BuiltInType)head;
                value.Bits = NotifiedValue.ReadBits(value.Type, body.Slice(position + 1, scalarBytes));
                position += 1 + scalarBytes;
            }
            else
            {
                position += UnsizedValue.Read(body[position..], ref value);
            }
        }

        position = Trailer(body, position, mask, ref value);
        sink.OnValue(handle, in value);
        return position;
    }

    /// <summary>Status and times, in the order of the wire, which is not the order of the mask's bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Trailer(ReadOnlySpan<byte> body, int position, byte mask, scoped ref NotifiedValue value)
    {
        Need(body, position, TrailerBytes[mask & VariantSkipper.TypeMask]);
        if ((mask & (byte)DataValueFields.Status) != 0)
        {
            value.Status = BinaryPrimitives.ReadUInt32LittleEndian(body[position..]);
            position += sizeof(uint);
        }

        if ((mask & (byte)DataValueFields.SourceTimestamp) != 0)
        {
            value.SourceTime = BinaryPrimitives.ReadInt64LittleEndian(body[position..]);
            position += sizeof(long);
        }

        position += (mask & (byte)DataValueFields.SourcePicoseconds) != 0 ? sizeof(ushort) : 0;
        if ((mask & (byte)DataValueFields.ServerTimestamp) != 0)
        {
            value.ServerTime = BinaryPrimitives.ReadInt64LittleEndian(body[position..]);
            position += sizeof(long);
        }

        return position + ((mask & (byte)DataValueFields.ServerPicoseconds) != 0 ? sizeof(ushort) : 0);
    }

    private static int Events<TSink>(ReadOnlySpan<byte> body, ref TSink sink)
        where TSink : struct, INotificationSink
    {
        var reader = new UaReader(body);
        var count = Math.Max(0, reader.ReadArrayLength(EventBytesMin));
        for (var i = 0; i < count; i++)
        {
            var handle = reader.ReadUInt32();
            var fields = Math.Max(0, reader.ReadArrayLength(1));
            var start = reader.Position;
            for (var field = 0; field < fields; field++)
            {
                VariantSkipper.Skip(ref reader);
            }

            sink.OnEvent(handle, body[start..reader.Position], fields);
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Need(ReadOnlySpan<byte> body, int position, int count)
    {
        if (count > body.Length - position)
        {
            ThrowTooShort(position, count, body.Length);
        }
    }

    private static void ThrowTooShort(int position, int count, int length) =>
        throw UaDecodingException.Broken($"A notification ends too early: {count} bytes are wanted at {position} of {length}.");
}
