namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>Where a chunk stands in its message, by the fourth letter (OPC UA Part 6, 6.7.2.2).</summary>
internal enum ChunkKind : byte
{
    /// <summary>More chunks of the same message follow.</summary>
    Intermediate = (byte)'C',

    /// <summary>The last chunk of its message.</summary>
    Final = (byte)'F',

    /// <summary>The sender gives the message up; what came of it is thrown away.</summary>
    Abort = (byte)'A',
}
