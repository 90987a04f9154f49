namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>The byte after ETX that proves an STX frame.</summary>
public enum BlockCheck
{
    /// <summary>XOR of body and ETX (ISO 1745), the usual one.</summary>
    Xor,

    /// <summary>XOR of the body alone.</summary>
    XorBody,

    /// <summary>XOR of STX, body and ETX.</summary>
    XorAll,

    /// <summary>LRC: the two's complement of the sum of body and ETX.</summary>
    Sum,

    /// <summary>No byte follows ETX.</summary>
    None,
}
