namespace IndustrieFutur.Edge.App.Bench;

/// <summary>The loops that a bench compares, all at 1 kHz.</summary>
internal enum BenchLoop
{
    /// <summary>The reference: cyclictest of rt-tests, in C.</summary>
    Cyclictest,

    /// <summary>Ours, sleeping to the deadline.</summary>
    Plain,

    /// <summary>Ours, spinning the last microseconds.</summary>
    Spin,
}
