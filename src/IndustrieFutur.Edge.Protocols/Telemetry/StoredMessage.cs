namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Body of <c>stored/&lt;historian&gt;</c>, retained: what the historian's store truly has of each stream of the edge.</summary>
public sealed record StoredMessage(IReadOnlyList<StreamStored> Streams);
