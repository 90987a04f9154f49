namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Why bytes were dropped.</summary>
internal enum FrameFault
{
    /// <summary>Nothing was wrong: what frames are separated by.</summary>
    None,

    /// <summary>Bytes that belong to no frame.</summary>
    Noise,

    /// <summary>A frame whose check was wrong.</summary>
    Check,

    /// <summary>A frame longer than its limit.</summary>
    TooLong,
}
