namespace IndustrieFutur.Edge.App.Bench;

/// <summary>How a machine does at a tick, best first.</summary>
internal enum BenchWord
{
    Good,
    Borderline,
    Bad,

    /// <summary>Nothing was measured.</summary>
    Unknown,
}
