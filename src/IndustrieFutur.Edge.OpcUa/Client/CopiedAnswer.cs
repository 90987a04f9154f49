using IndustrieFutur.Edge.OpcUa.SecureChannel;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Keeps the bytes of an answer that is decoded straight to the sink, once nothing waits on the receive buffer any more.</summary>
internal sealed class CopiedAnswer : Answer
{
    public uint TypeId { get; private set; }

    /// <summary>Not 0: the server broke its answer off with it.</summary>
    public uint AbortStatus { get; private set; }

    public byte[] Body { get; private set; } = [];

    protected override void Take(in ReceivedMessage message)
    {
        TypeId = message.TypeId;
        AbortStatus = message.AbortStatus;
        Body = message.Body.ToArray();
    }
}
