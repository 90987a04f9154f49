namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>What a message is about, by its topic.</summary>
internal enum ReceivedKind
{
    Telemetry,
    Head,
    Meta,
}
