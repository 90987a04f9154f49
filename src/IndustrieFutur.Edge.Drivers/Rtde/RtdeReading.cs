namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>How the bytes of a field, or of one element of it, become the bits of a sample.</summary>
internal enum RtdeReading : byte
{
    /// <summary>The controller does not give it: it is not read.</summary>
    None,
    Bool,
    UInt8,
    UInt32,
    UInt64,
    Int32,
    Double,

    /// <summary>The length of the first three numbers of a vector.</summary>
    Norm,
}
