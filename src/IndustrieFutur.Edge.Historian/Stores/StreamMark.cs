using IndustrieFutur.Edge.Historian.Ingest;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>The watermark of one stream as it is kept in a store.</summary>
internal sealed record StreamMark(StreamKey Stream, ulong Epoch, Watermark Stored);
