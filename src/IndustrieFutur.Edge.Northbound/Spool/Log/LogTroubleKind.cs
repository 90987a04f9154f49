namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>What is wrong with the disk below the spool.</summary>
public enum LogTroubleKind
{
    /// <summary>No room left, or less than must stay free.</summary>
    Full,

    /// <summary>The file system takes no writes.</summary>
    ReadOnly,

    /// <summary>The folder is not ours.</summary>
    Denied,

    /// <summary>Writes or syncs fail.</summary>
    Failing,

    /// <summary>It works, and takes too long.</summary>
    Slow,
}
