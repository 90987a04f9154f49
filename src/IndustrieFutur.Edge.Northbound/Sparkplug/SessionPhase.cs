namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>How far an MQTT session of an edge node has come.</summary>
internal enum SessionPhase
{
    /// <summary>Not born: it was just opened, or the primary host is not there.</summary>
    Waiting,
    Live,

    /// <summary>The death is still to be published.</summary>
    Dying,
    Left,
}
