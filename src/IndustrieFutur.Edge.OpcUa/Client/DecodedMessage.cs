namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>What the notifications of one message were, for those who keep the subscription's books.</summary>
/// <param name="Values">Values handed to the sink.</param>
/// <param name="Events">Events handed to the sink.</param>
/// <param name="HasStatusChange">The server says that something happened to the subscription itself.</param>
/// <param name="StatusChange">What happened to it.</param>
/// <param name="DataBytes">Bytes that the notifications take.</param>
public readonly record struct DecodedMessage(int Values, int Events, bool HasStatusChange, uint StatusChange, int DataBytes);
