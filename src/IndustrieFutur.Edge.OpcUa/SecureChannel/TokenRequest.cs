namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>A request for a token that was sent: what its answer is held against.</summary>
internal sealed record TokenRequest(uint Id, byte[] Nonce, long SentNanos);
