using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>An answer of the type that its request asks for, or the fault that came instead (OPC UA Part 4, 7.35).</summary>
internal sealed class TypedAnswer<TResponse> : Answer
    where TResponse : class, IUaResponse<TResponse>
{
    public TResponse? Response { get; private set; }

    /// <summary>The service result, of the response or of the fault, or with what the server broke its answer off.</summary>
    public uint Status { get; private set; }

    /// <summary>When the server wrote the answer, by its own clock; 0 = it did not say.</summary>
    public long Timestamp { get; private set; }

    /// <summary>Neither a fault nor the response that was asked for.</summary>
    public uint ForeignType { get; private set; }

    /// <summary>What was wrong with the bytes of this answer; the channel that brought them is whole.</summary>
    public UaDecodingException? Broken { get; private set; }

    protected override void Take(in ReceivedMessage message)
    {
        try
        {
            Decode(message);
        }
        catch (UaDecodingException broken)
        {
            Broken = broken;
        }
    }

    private void Decode(in ReceivedMessage message)
    {
        if (message.AbortStatus != 0)
        {
            Status = message.AbortStatus;
            return;
        }

        var reader = new UaReader(message.Body);
        if (message.TypeId == TResponse.BinaryEncodingId)
        {
            Response = TResponse.Decode(ref reader);
            Take(Response.ResponseHeader);
        }
        else if (message.TypeId == ServiceFault.Id)
        {
            Take(ServiceFault.Decode(ref reader).ResponseHeader);
        }
        else
        {
            ForeignType = message.TypeId;
        }
    }

    private void Take(ResponseHeader header)
    {
        Status = header.ServiceResult;
        Timestamp = header.Timestamp;
    }
}
