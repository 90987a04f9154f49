using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Writes the body of a PublishResponse by hand, so that the decoder is held against the standard's layout and not against our encoder's idea of it.</summary>
internal sealed class PublishBody
{
    private readonly MessageBuffer _data = new(1 << 20);
    private int _notifications;

    public uint SubscriptionId { get; init; } = 7;

    public uint SequenceNumber { get; init; } = 1;

    public uint ServiceResult { get; init; }

    public uint[] Available { get; init; } = [];

    public delegate void WriteBody(ref UaWriter writer);

    /// <summary>Adds one notification; its body is written by the caller.</summary>
    public PublishBody With(uint typeId, WriteBody body)
    {
        var writer = new UaWriter(_data);
        writer.WriteNodeId(new NodeId(0, typeId));
        writer.WriteByte(1);
        var length = writer.Position;
        writer.WriteInt32(0);
        body(ref writer);
        writer.PatchInt32(length, writer.Position - length - 4);
        _notifications++;
        return this;
    }

    public byte[] ToArray()
    {
        var buffer = new MessageBuffer(1 << 20);
        var writer = new UaWriter(buffer);
        WriteResponseHeader(ref writer, ServiceResult);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteUInt32Array(Available);
        writer.WriteBoolean(false);
        writer.WriteUInt32(SequenceNumber);
        writer.WriteDateTime(0);
        writer.WriteInt32(_notifications);
        writer.WriteRaw(_data.Written);
        writer.WriteInt32(0);
        writer.WriteInt32(-1);
        return buffer.Written.ToArray();
    }

    /// <summary>Timestamp, request handle, result, no diagnostics, no string table, no additional header.</summary>
    private static void WriteResponseHeader(ref UaWriter writer, uint result)
    {
        writer.WriteDateTime(0);
        writer.WriteUInt32(1);
        writer.WriteStatusCode(result);
        writer.WriteByte(0);
        writer.WriteInt32(-1);
        writer.WriteRaw([0, 0, 0]);
    }
}
