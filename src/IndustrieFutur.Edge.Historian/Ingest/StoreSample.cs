namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>One sample on its way into a store.</summary>
/// <param name="Series">Null when its alias means nothing under its plan: it is refused before a store sees it.</param>
/// <param name="Number">Its sequence number in the stream.</param>
/// <param name="Text">UTF-8; null for anything but a text.</param>
internal readonly record struct StoreSample(
    StreamState Stream, Series? Series, ulong Number, long SourceUtcNanos, long Bits, byte[]? Text, uint Status)
{
    public bool IsBad => Status >> 31 != 0;
}
