namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>Numbers that make room although somebody still needs them. They can be read for the last time.</summary>
internal readonly record struct LogDrop(LogStream Stream, ulong From, ulong To);
