namespace IndustrieFutur.Edge.Tests.OpcUa.Vectors;

/// <summary>One chunk as it went over the wire between node-opcua and a server.</summary>
/// <param name="Connection">Which connection of the capture.</param>
/// <param name="FromClient">Who sent it.</param>
/// <param name="Type">"HELF", "MSGC" and so on: the first four bytes.</param>
/// <param name="Bytes">The whole chunk, header included.</param>
internal sealed record CapturedChunk(int Connection, bool FromClient, string Type, byte[] Bytes);
