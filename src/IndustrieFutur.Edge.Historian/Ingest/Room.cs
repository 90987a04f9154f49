namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>
/// What a historian still takes in when its store does not follow. The fuller it is, the less: what it asked for comes first, for only
/// that moves the watermark, by which the edges free what they keep; then what is live; then a backlog.
/// </summary>
internal enum Room
{
    None,
    Asked,
    Live,
    Any,
}
