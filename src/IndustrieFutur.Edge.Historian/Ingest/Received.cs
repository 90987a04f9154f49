namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>A message as it came from the broker, copied out of the client's buffers.</summary>
/// <param name="Device">Empty for a head, which speaks for all devices of an edge.</param>
internal readonly record struct Received(ReceivedKind Kind, string Group, string Edge, string Device, byte[] Body)
{
    public StreamKey Stream => new(Group, Edge, Device);
}
