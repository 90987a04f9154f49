namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>One whole message where it lies in a buffer of the channel: valid until the channel is used again.</summary>
public readonly ref struct ReceivedMessage
{
    internal ReceivedMessage(uint requestId, uint typeId, ReadOnlySpan<byte> body, uint abortStatus = 0)
    {
        RequestId = requestId;
        TypeId = typeId;
        Body = body;
        AbortStatus = abortStatus;
    }

    /// <summary>The request that it answers; or, of a request, the id to answer under.</summary>
    public uint RequestId { get; }

    /// <summary>The binary encoding id of its structure in namespace 0; 0 when it is none of those, or was aborted.</summary>
    public uint TypeId { get; }

    /// <summary>What follows the type id.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Not 0: the sender gave the message up with this status, or it was larger than we take; there is no body.</summary>
    public uint AbortStatus { get; }
}
