using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>What must be kept of a session to resume it on another channel. The token is a secret: it appears in no message and no log.</summary>
internal sealed class SessionHandle(CreateSessionResponse created, EndpointDescription endpoint)
{
    private const double MillisMin = 1000;

    /// <summary>For request headers only.</summary>
    public NodeId AuthenticationToken { get; } = created.AuthenticationToken;

    public EndpointDescription Endpoint { get; } = endpoint;

    /// <summary>To be signed at the next activation: each may be used once.</summary>
    public byte[] ServerNonce { get; set; } = created.ServerNonce ?? [];

    /// <summary>As the server revised it; one that revises to nothing is asked as if it were a second.</summary>
    public TimeSpan Timeout { get; } = TimeSpan.FromMilliseconds(
        double.IsFinite(created.RevisedSessionTimeout) ? Math.Clamp(created.RevisedSessionTimeout, MillisMin, int.MaxValue) : MillisMin);

    /// <summary>When the server last heard of it, at the latest; monotonic.</summary>
    public long HeardMonoNanos { get; set; } = MonoTime.NowNanos();

    /// <summary>The server has ended it by itself by now.</summary>
    public bool IsOver(long nowMonoNanos) => nowMonoNanos - HeardMonoNanos > Timeout.Ticks * 100;

    /// <summary>Most bytes of a request; 0 = the server sets no limit.</summary>
    public uint RequestBytesMax { get; } = created.MaxRequestMessageSize;
}
