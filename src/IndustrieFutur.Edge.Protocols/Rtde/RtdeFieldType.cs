namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>The type of a field as the controller answers it; on the wire all are big-endian.</summary>
public enum RtdeFieldType
{
    Bool,
    UInt8,
    UInt32,
    UInt64,
    Int32,
    Double,
    Vector3D,
    Vector6D,
    Vector6Int32,
    Vector6UInt32,
}
