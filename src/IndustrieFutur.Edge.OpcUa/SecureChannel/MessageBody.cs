using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>The body of a message: the binary encoding id of a structure of namespace 0, then the structure (OPC UA Part 6, 6.7.2 and 5.2.9).</summary>
internal static class MessageBody
{
    public static void Write(MessageBuffer buffer, IUaStructure structure)
    {
        buffer.Clear();
        var writer = new UaWriter(buffer);
        writer.WriteNodeId(new NodeId(0, structure.EncodingId));
        structure.Encode(ref writer);
    }

    /// <summary>False when it is larger than the peer takes, or than we make at all.</summary>
    public static bool TryWrite(MessageBuffer buffer, IUaStructure structure, int bytesMax)
    {
        try
        {
            Write(buffer, structure);
            return buffer.Length <= bytesMax;
        }
        catch (UaException cause) when (cause.Status == StatusCodes.BadEncodingLimitsExceeded)
        {
            return false;
        }
    }
}
