namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>What a chunk is, by its first three letters as they lie in memory (OPC UA Part 6, 6.7.2.2 and 7.1.2.2).</summary>
internal enum MessageType
{
    Hello = 0x4C4548,
    Acknowledge = 0x4B4341,
    Error = 0x525245,
    OpenSecureChannel = 0x4E504F,
    CloseSecureChannel = 0x4F4C43,
    Message = 0x47534D,
}
