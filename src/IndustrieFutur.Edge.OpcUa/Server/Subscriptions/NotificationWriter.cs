using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>Puts one notification message together: values and events go straight from their queues into its bytes (OPC UA Part 4, 7.25).</summary>
internal sealed class NotificationWriter
{
    /// <summary>One message is enough for 10,000 items; a client with more gets several in a row.</summary>
    private const int CountMax = 10_000;

    /// <summary>Beyond it the message is closed, and what is left goes into the next one.</summary>
    private const int BytesGoalUsual = 1024 * 1024;

    /// <summary>For the headers of the response around the notifications.</summary>
    private const int BytesAround = 64 * 1024;

    private readonly int _bytesGoal;
    private readonly MessageBuffer _values;
    private readonly MessageBuffer _events;
    private int _valueCount;
    private int _eventCount;
    private int _countMax;
    private bool _isClosed;

    /// <param name="messageBytesMax">The largest response that the client takes.</param>
    public NotificationWriter(int messageBytesMax)
    {
        var bytesMax = Math.Max(messageBytesMax - BytesAround, messageBytesMax / 2);
        _bytesGoal = Math.Min(BytesGoalUsual, messageBytesMax / 2);
        _values = new MessageBuffer(bytesMax);
        _events = new MessageBuffer(bytesMax);
    }

    public bool IsFull => _isClosed || _valueCount + _eventCount >= _countMax || _values.Length + _events.Length >= _bytesGoal;

    /// <param name="notificationsMax">As the client asked; 0 = as many as we like.</param>
    public void Begin(uint notificationsMax)
    {
        _countMax = notificationsMax == 0 ? CountMax : (int)Math.Min(notificationsMax, CountMax);
        _valueCount = 0;
        _eventCount = 0;
        _isClosed = false;
        BeginList(_values);
        BeginList(_events);
    }

    /// <summary>False when the message has no room left.</summary>
    public bool TryAdd(uint clientHandle, in QueuedValue queued, TimestampsToReturn timestamps)
    {
        if (IsFull)
        {
            return false;
        }

        var start = _values.Length;
        try
        {
            WriteValue(clientHandle, queued.Value, queued, timestamps);
        }
        catch (UaException)
        {
            _values.Truncate(start);
            if (_valueCount + _eventCount > 0)
            {
                _isClosed = true;
                return false;
            }

            // Not even a message of its own is large enough for this value.
            WriteValue(clientHandle, new DataValue { Status = StatusCodes.BadEncodingLimitsExceeded }, queued, timestamps);
        }

        _valueCount++;
        return true;
    }

    /// <summary>False when the message has no room left.</summary>
    public bool TryAddEvent(uint clientHandle, Variant[] fields)
    {
        if (IsFull)
        {
            return false;
        }

        var start = _events.Length;
        try
        {
            WriteEvent(clientHandle, fields);
        }
        catch (UaException)
        {
            _events.Truncate(start);
            if (_valueCount + _eventCount > 0)
            {
                _isClosed = true;
                return false;
            }

            WriteEvent(clientHandle, [.. fields.Select(_ => Variant.OfStatusCode(StatusCodes.BadEncodingLimitsExceeded))]);
        }

        _eventCount++;
        return true;
    }

    /// <summary>What was added, as the parts of a message; none when nothing was.</summary>
    public ExtensionObject[] End()
    {
        var parts = new List<ExtensionObject>(2);
        if (_valueCount > 0)
        {
            // DiagnosticInfos: none.
            new UaWriter(_values).WriteInt32(-1);
            parts.Add(Part(_values, _valueCount, DataChangeNotification.Id));
        }

        if (_eventCount > 0)
        {
            parts.Add(Part(_events, _eventCount, EventNotificationList.Id));
        }

        return [.. parts];
    }

    private static void BeginList(MessageBuffer buffer)
    {
        buffer.Clear();
        new UaWriter(buffer).WriteInt32(0);
    }

    private static ExtensionObject Part(MessageBuffer buffer, int count, uint encodingId)
    {
        new UaWriter(buffer).PatchInt32(0, count);
        return new ExtensionObject(new NodeId(0, encodingId), ExtensionObjectEncoding.ByteString, buffer.Written.ToArray());
    }

    private void WriteEvent(uint clientHandle, Variant[] fields)
    {
        var writer = new UaWriter(_events);
        writer.WriteUInt32(clientHandle);
        writer.WriteVariantArray(fields);
    }

    /// <summary>MonitoredItemNotification, without a copy of the DataValue: which times are sent differs from item to item.</summary>
    private void WriteValue(uint clientHandle, DataValue value, in QueuedValue queued, TimestampsToReturn timestamps)
    {
        var status = value.Status | (queued.HasOverflown ? StatusBits.Overflow : 0);
        var serverTime = timestamps is TimestampsToReturn.Server or TimestampsToReturn.Both ? queued.ServerTimestamp : 0;
        var sourceTime = timestamps is TimestampsToReturn.Source or TimestampsToReturn.Both ? value.SourceTimestamp : 0;
        var sourcePicoseconds = sourceTime == 0 ? (ushort)0 : value.SourcePicoseconds;
        var writer = new UaWriter(_values);
        writer.WriteUInt32(clientHandle);
        writer.WriteByte((byte)(
            (value.Value.IsNull ? 0 : DataValueFields.Value) | (status == 0 ? 0 : DataValueFields.Status)
            | (sourceTime == 0 ? 0 : DataValueFields.SourceTimestamp) | (sourcePicoseconds == 0 ? 0 : DataValueFields.SourcePicoseconds)
            | (serverTime == 0 ? 0 : DataValueFields.ServerTimestamp)));
        if (!value.Value.IsNull)
        {
            writer.WriteVariant(value.Value);
        }

        if (status != 0)
        {
            writer.WriteStatusCode(status);
        }

        WriteTimes(ref writer, sourceTime, sourcePicoseconds, serverTime);
    }

    private static void WriteTimes(ref UaWriter writer, long sourceTime, ushort sourcePicoseconds, long serverTime)
    {
        if (sourceTime != 0)
        {
            writer.WriteDateTime(sourceTime);
        }

        if (sourcePicoseconds != 0)
        {
            writer.WriteUInt16(sourcePicoseconds);
        }

        if (serverTime != 0)
        {
            writer.WriteDateTime(serverTime);
        }
    }
}
