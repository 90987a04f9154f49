using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>Who writes or calls: the session, and the user it was activated for.</summary>
/// <param name="SessionId">The session's node id; null for what the server does by itself.</param>
/// <param name="UserName">The user's name, or the subject of the user's certificate; null for anonymous.</param>
public sealed record Caller(NodeId SessionId, string? UserName);
