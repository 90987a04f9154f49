namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>One decoder, and the well-formed inputs that are damaged before it gets them.</summary>
/// <param name="Name">For the report of a failure.</param>
/// <param name="Seeds">Well-formed inputs.</param>
/// <param name="Decode">Takes the first so many bytes of the buffer; may write into them, as decryption does.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[], int> Decode);
