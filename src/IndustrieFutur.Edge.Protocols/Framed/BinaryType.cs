namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>A number as it stands in a binary message.</summary>
public enum BinaryType
{
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    I64,
    F32,
    F64,
}
