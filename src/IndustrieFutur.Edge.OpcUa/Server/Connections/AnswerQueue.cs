using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Connections;

/// <summary>
/// Answers that go out once no session is locked any more, for a client that takes nothing must not hold its session. Holds what one request
/// and one tick make: never more than the Publish requests that a session may have waiting, and one.
/// </summary>
internal sealed class AnswerQueue(ServerCounters counters) : IAnswerSender
{
    private readonly List<(uint RequestId, IUaResponse Response, int BytesMax)> _answers = [];

    /// <summary>The largest answer that the session takes whose answers come next.</summary>
    public int BytesMax { get; set; } = int.MaxValue;

    public static ServiceFault Fault(uint status, uint requestHandle) =>
        new() { ResponseHeader = new ResponseHeader { ServiceResult = status, RequestHandle = requestHandle } };

    public void Send(uint requestId, IUaResponse response)
    {
        if (response is ServiceFault)
        {
            counters.CountRefusedRequest();
        }

        _answers.Add((requestId, response, BytesMax));
    }

    /// <summary>An answer that is too large becomes a fault.</summary>
    public void Flush(ServerChannel channel)
    {
        foreach (var (requestId, response, bytesMax) in _answers)
        {
            try
            {
                channel.Send(requestId, response, bytesMax);
            }
            catch (UaException cause) when (cause.Status == StatusCodes.BadResponseTooLarge && !channel.IsBroken)
            {
                counters.CountRefusedRequest();
                channel.Send(requestId, Fault(cause.Status, response.ResponseHeader.RequestHandle));
            }
        }

        _answers.Clear();
    }
}
