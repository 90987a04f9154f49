namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>What the stages made of a sample.</summary>
internal enum StageVerdict
{
    /// <summary>Goes to the latest-value table and to the outputs.</summary>
    Pass,

    /// <summary>Goes to the latest-value table only: the deadband held it back.</summary>
    LatestOnly,

    /// <summary>Goes nowhere: a duplicate, or out of a range that drops.</summary>
    Filtered,
}
