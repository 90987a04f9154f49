namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>What a message on the primary host's topic said.</summary>
internal enum HostWord
{
    Online,
    Offline,

    /// <summary>Older than what was heard before: an old host's will, or a clock that went back. It changes nothing.</summary>
    Old,
    Unreadable,
}
