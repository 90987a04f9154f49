using IndustrieFutur.Edge.OpcUa.Server.Services;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>What services know of the session that they work for.</summary>
internal sealed class SessionContext(NodeId sessionId, AddressSpace space, ServerLimitsSettings limits, TimeProvider clock)
{
    public NodeId SessionId { get; } = sessionId;

    public AddressSpace Space { get; } = space;

    public ServerLimitsSettings Limits { get; } = limits;

    /// <summary>For the times in answers; deadlines are monotonic.</summary>
    public TimeProvider Clock { get; } = clock;

    public ContinuationPoints Points { get; } = new(limits.ContinuationPointsMax);

    /// <summary>Who it was activated for last; changes under the session's lock.</summary>
    public Caller Caller { get; set; } = new(sessionId, null);

    /// <summary>What the client calls itself; proven by its certificate when the mode is not None.</summary>
    public string? ClientApplicationUri { get; init; }

    public MessageSecurityMode Mode { get; init; }

    /// <summary>The server's.</summary>
    public ServerCounters Counters { get; init; } = new();

    /// <summary>The largest answer that the client takes.</summary>
    public int AnswerBytesMax { get; init; } = int.MaxValue;
}
