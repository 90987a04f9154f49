using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>The subscriptions of one session, and its Publish requests that wait. Always called under the session's lock, by one thread at a time.</summary>
internal interface ISessionSubscriptions : IDisposable
{
    /// <summary>When <see cref="Tick"/> is wanted next; <see cref="long.MaxValue"/> when there is nothing to do.</summary>
    long NextDueMonoNanos { get; }

    /// <summary>Whether this request is for <see cref="Handle"/>: subscriptions, monitored items, Publish, and Cancel of a Publish.</summary>
    bool Handles(IUaRequest request);

    /// <summary>The answer (a ServiceFault for a refusal), whose handle the server fills in; or null: answered later under that request id. Throws UaException: answered with its status.</summary>
    IUaResponse? Handle(uint requestId, IUaRequest request, SessionContext session, long monoNow);

    /// <summary>Does what is due, and answers through the sender.</summary>
    void Tick(long monoNow, IAnswerSender sender);

    /// <summary>
    /// The Publish requests that wait are over: answered with this status, or, without a sender, forgotten, for the channel that they came
    /// by is gone. The subscriptions stay.
    /// </summary>
    void Drop(IAnswerSender? sender, uint status);

    /// <summary>The session is over, but not its subscriptions: they wait for a transfer until their lifetime ends (OPC UA Part 4, 5.13.7).</summary>
    void Release();
}
