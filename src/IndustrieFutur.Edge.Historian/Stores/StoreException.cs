namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>A store cannot be used now. The message says what happened and what a person can do; the historian keeps everything and tries again.</summary>
internal sealed class StoreException : Exception
{
    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>What was written since the last confirmation is gone and must be written again.</summary>
    public bool WritesLost { get; init; }

    /// <summary>The store may have less than it confirmed: everything begins anew from the watermarks that it has now.</summary>
    public bool IsSetBack { get; init; }

    /// <summary>The store itself says when to come again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
