namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Says that a message has arrived and need not be kept any more.</summary>
internal readonly record struct Acknowledgement(uint SubscriptionId, uint SequenceNumber);
