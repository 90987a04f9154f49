using System.Buffers.Binary;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>
/// A PublishResponse encoded once for all items of a subscription; afterwards only what differs is patched in place, so that a
/// server can send more than any client takes. Even items are Int32, odd ones Double, each with its source time.
/// </summary>
internal sealed class OpcUaCannedNotification
{
    /// <summary>Client handle, mask of the DataValue, type of the Variant; then the value and the source time.</summary>
    private const int ItemHeaderBytes = 6;
    private const int IntItemBytes = ItemHeaderBytes + 4 + 8;
    private const int DoubleItemBytes = ItemHeaderBytes + 8 + 8;

    /// <summary>Value and source timestamp are there (OPC UA Part 6, 5.2.2.17).</summary>
    private const byte ValueAndSourceTime = 0x05;
    private const byte Int32Type = 6;
    private const byte DoubleType = 11;

    private const ushort PublishResponseId = 829;
    private const ushort DataChangeNotificationId = 811;

    private readonly byte[] _body;
    private readonly int _items;
    private int _position;

    private readonly int _responseTimeAt;
    private readonly int _requestHandleAt;
    private readonly int _availableAt;
    private readonly int _sequenceAt;
    private readonly int _publishTimeAt;
    private readonly int _itemsAt;

    public OpcUaCannedNotification(uint subscriptionId, ReadOnlySpan<uint> clientHandles)
    {
        _items = clientHandles.Length;
        var itemBytes = ((_items + 1) / 2 * IntItemBytes) + (_items / 2 * DoubleItemBytes);
        _body = new byte[128 + itemBytes];
        TypeId(PublishResponseId);

        // ResponseHeader: no diagnostics, no string table, no additional header.
        _responseTimeAt = Skip(8);
        _requestHandleAt = Skip(4);
        Int32(0);
        Byte(0);
        Int32(-1);
        Skip(3);

        Int32((int)subscriptionId);
        Int32(1);
        _availableAt = Skip(4);
        Byte(0);
        _sequenceAt = Skip(4);
        _publishTimeAt = Skip(8);
        Int32(1);
        TypeId(DataChangeNotificationId);
        Byte(1);
        Int32(4 + itemBytes + 4);
        Int32(_items);
        _itemsAt = _position;
        for (var item = 0; item < _items; item++)
        {
            Item(clientHandles[item], isDouble: item % 2 == 1);
        }

        // The notification's diagnostics, then the results of the acknowledgements and theirs: none.
        Int32(-1);
        Int32(-1);
        Int32(-1);
    }

    /// <summary>The whole message body, its type id first.</summary>
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _position);

    /// <summary>Makes it the answer to one request: value, sequence number and times anew.</summary>
    public void Patch(uint requestHandle, uint sequenceNumber, int value, long nowUa)
    {
        Write(_responseTimeAt, nowUa);
        Write(_requestHandleAt, (int)requestHandle);
        Write(_availableAt, (int)sequenceNumber);
        Write(_sequenceAt, (int)sequenceNumber);
        Write(_publishTimeAt, nowUa);
        var at = _itemsAt;
        for (var item = 0; item + 1 < _items; item += 2)
        {
            Write(at + ItemHeaderBytes, value);
            Write(at + ItemHeaderBytes + 4, nowUa);
            at += IntItemBytes;
            Write(at + ItemHeaderBytes, BitConverter.DoubleToInt64Bits(value));
            Write(at + ItemHeaderBytes + 8, nowUa);
            at += DoubleItemBytes;
        }

        if (_items % 2 == 1)
        {
            Write(at + ItemHeaderBytes, value);
            Write(at + ItemHeaderBytes + 4, nowUa);
        }
    }

    private void Item(uint clientHandle, bool isDouble)
    {
        Int32((int)clientHandle);
        Byte(ValueAndSourceTime);
        Byte(isDouble ? DoubleType : Int32Type);
        Skip(isDouble ? 16 : 12);
    }

    /// <summary>The four-byte form of a NodeId in namespace 0 (OPC UA Part 6, 5.2.2.9).</summary>
    private void TypeId(ushort id)
    {
        Byte(1);
        Byte(0);
        BinaryPrimitives.WriteUInt16LittleEndian(_body.AsSpan(Skip(2)), id);
    }

    private void Byte(byte value) => _body[_position++] = value;

    private void Int32(int value) => Write(Skip(4), value);

    private int Skip(int bytes)
    {
        _position += bytes;
        return _position - bytes;
    }

    private void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(_body.AsSpan(at), value);

    private void Write(int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(_body.AsSpan(at), value);
}
