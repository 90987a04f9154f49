namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Body of <c>replay/&lt;historian&gt;</c>: please send these numbers again (both ends included).</summary>
public sealed record ReplayMessage(string Stream, string Epoch, ulong From, ulong To);
