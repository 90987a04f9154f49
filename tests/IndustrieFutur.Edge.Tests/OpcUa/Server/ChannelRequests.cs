using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>Asks over a channel what no well-behaved client would ask in that order.</summary>
internal static class ChannelRequests
{
    private const long PatienceNanos = 10_000_000_000;

    /// <summary>The answer; throws a <see cref="UaException"/> with the status of a fault.</summary>
    public static TResponse Ask<TResponse>(this ClientChannel channel, IUaRequest<TResponse> request)
        where TResponse : IUaResponse<TResponse>
    {
        request.RequestHeader.RequestHandle = 42;
        var requestId = channel.Send(request);
        Assert.True(channel.TryReceive(MonoTime.NowNanos() + PatienceNanos, out var message), "No answer came.");
        Assert.Equal(requestId, message.RequestId);
        var reader = new UaReader(message.Body);
        if (message.TypeId == ServiceFault.Id)
        {
            var fault = ServiceFault.Decode(ref reader).ResponseHeader;
            Assert.Equal(42u, fault.RequestHandle);
            throw new UaException(fault.ServiceResult, StatusCodes.NameOf(fault.ServiceResult));
        }

        Assert.Equal(TResponse.BinaryEncodingId, message.TypeId);
        return TResponse.Decode(ref reader);
    }
}
