namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>The numbers of RTDE that both ends keep to.</summary>
public static class RtdeLimits
{
    /// <summary>The port of every controller.</summary>
    public const int Port = 30_004;

    /// <summary>The one version we speak: it lets the client choose the frequency and numbers the recipes.</summary>
    public const int ProtocolVersion = 2;

    /// <summary>Size (u16, itself included) and type.</summary>
    public const int HeaderBytes = 3;

    /// <summary>The longest list of names in a recipe.</summary>
    public const int NamesBytesMax = 2_048;

    /// <summary>No packet but data is longer: the types of a full list of names are not.</summary>
    public const int ControlBytesMax = 4_096;

    /// <summary>The cycle of an e-Series controller, in Hz; older ones have 125.</summary>
    public const int FrequencyMax = 500;
}
