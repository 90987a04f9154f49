using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>A request that is a type id and any bytes.</summary>
internal sealed class RawRequest(uint typeId, ReadOnlyMemory<byte> body) : IUaRequest
{
    /// <summary>Not sent: the bytes hold one, or what is left of it.</summary>
    public RequestHeader RequestHeader { get; set; } = new();

    public uint EncodingId => typeId;

    public void Encode(ref UaWriter writer) => writer.WriteRaw(body.Span);

    /// <summary>The bytes of a request as they follow its type id.</summary>
    public static byte[] BodyOf(IUaRequest request)
    {
        var buffer = new MessageBuffer(1024 * 1024);
        var writer = new UaWriter(buffer);
        request.Encode(ref writer);
        return buffer.Written.ToArray();
    }
}
