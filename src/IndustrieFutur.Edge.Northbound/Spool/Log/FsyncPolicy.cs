namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>When what was written is also made to survive a cut of the power. A killed process loses nothing that was written, whichever it is.</summary>
public enum FsyncPolicy
{
    /// <summary>Now and then: a power cut costs the samples since.</summary>
    Interval,

    /// <summary>With every commit: a power cut costs nothing that was accepted.</summary>
    Every,

    /// <summary>When the operating system likes (Linux: within 30 s).</summary>
    Os,
}
