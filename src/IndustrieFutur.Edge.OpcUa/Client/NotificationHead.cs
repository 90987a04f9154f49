using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>A NotificationMessage (OPC UA Part 4, 7.26) before its notifications, and where they lie.</summary>
internal readonly ref struct NotificationHead
{
    private NotificationHead(uint sequenceNumber, long publishTime, int count, ReadOnlySpan<byte> data)
    {
        SequenceNumber = sequenceNumber;
        PublishTime = publishTime;
        Count = count;
        Data = data;
    }

    /// <summary>Of a message without notifications: the number that the next one with notifications will have.</summary>
    public uint SequenceNumber { get; }

    /// <summary>Raw DateTime; 0 = the server sends none.</summary>
    public long PublishTime { get; }

    /// <summary>How many notifications follow; none is a keep-alive.</summary>
    public int Count { get; }

    /// <summary>The notifications, and whatever the response says after them.</summary>
    public ReadOnlySpan<byte> Data { get; }

    public bool IsKeepAlive => Count == 0;

    /// <summary>The smallest extension object: a NodeId of two bytes and one that says that there is no body.</summary>
    private const int NotificationBytesMin = 3;

    public static NotificationHead Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new UaReader(bytes);
        var sequenceNumber = reader.ReadUInt32();
        var publishTime = reader.ReadDateTime();
        var count = Math.Max(0, reader.ReadArrayLength(NotificationBytesMin));
        return new NotificationHead(sequenceNumber, publishTime, count, reader.Rest);
    }

    /// <summary>A message that was laid aside.</summary>
    public static NotificationHead Of(uint sequenceNumber, long publishTime, int count, ReadOnlySpan<byte> data) =>
        new(sequenceNumber, publishTime, count, data);
}
