namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>One decoder, and the well-formed inputs that are damaged before it gets them.</summary>
/// <param name="Name">For the report of a failure.</param>
/// <param name="Seeds">Well-formed inputs.</param>
/// <param name="Decode">Takes the first so many bytes of the buffer; may write into them, as decryption does.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[], int> Decode)
{
    /// <summary>An exception with its message and trace, and the reassembly buffer of a message in pieces.</summary>
    public long BytesAtLeast { get; init; } = 96 * 1024;

    /// <summary>An element of one byte may become an object of a hundred: a DataValue without any part.</summary>
    public long BytesPerByte { get; init; } = 128;

    /// <summary>How much memory an input of so many bytes may take.</summary>
    public long BytesAllowed(int length) => BytesAtLeast + (length * BytesPerByte);
}
