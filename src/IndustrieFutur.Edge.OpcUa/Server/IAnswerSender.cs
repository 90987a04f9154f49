using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>Takes answers to requests that had to wait; they go out as soon as the session's lock is free again.</summary>
internal interface IAnswerSender
{
    /// <summary>The answer's header already holds the request's handle; the time is written into it where it is 0.</summary>
    void Send(uint requestId, IUaResponse response);
}
