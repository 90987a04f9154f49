namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>Names one stream: a device of an edge.</summary>
public readonly record struct StreamKey(string Group, string Edge, string Device)
{
    /// <summary>As it is written to stores.</summary>
    public string Cell => $"{Group}/{Edge}";

    public override string ToString() => $"{Group}/{Edge}/{Device}";
}
