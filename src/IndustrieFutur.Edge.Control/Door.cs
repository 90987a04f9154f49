namespace IndustrieFutur.Edge.Control;

/// <summary>By which way a request came.</summary>
public enum Door
{
    /// <summary>The service's own page of numbers and commands.</summary>
    Http = 0,

    /// <summary><c>ifedge command</c>, which asks over HTTP from this machine.</summary>
    Cli = 1,

    /// <summary>A message of MQTT.</summary>
    Mqtt = 2,

    /// <summary>A DCMD of a Sparkplug host: no identity, no expiry, no id of its own.</summary>
    Sparkplug = 3,

    /// <summary>A rule of the configuration.</summary>
    Reaction = 4,

    /// <summary>The file of users, which <c>ifedge user</c> or an editor has written.</summary>
    File = 5,
}
