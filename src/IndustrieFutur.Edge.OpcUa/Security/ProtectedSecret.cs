namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>A password as it may leave this machine, and the algorithm that the server is told beside it.</summary>
public readonly record struct ProtectedSecret(byte[] Bytes, string? AlgorithmUri);
