namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>A whole chunk and where it begins in the receive buffer.</summary>
internal readonly record struct Chunk(ChunkHeader Header, int Start);
