namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>Why there is no connection to a broker: a sentence with its remedy, in English for logs and in French for who stands before it.</summary>
public sealed class BrokerException(string french, string english, Exception? cause = null) : Exception(english, cause)
{
    public string French => french;

    /// <summary>The broker is there and will not have us: a person must act.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>The broker may only speak an older version.</summary>
    internal bool MayBeVersion { get; init; }
}
