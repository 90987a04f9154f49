namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>What a field of a message is. The first four are read from text, or with an offset from bytes; the others from bytes alone.</summary>
public enum FramedType
{
    F64,
    I64,
    Bool,
    Text,
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    F32,
}
