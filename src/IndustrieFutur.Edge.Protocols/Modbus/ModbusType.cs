namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>What a value in the tables is; the standard knows bits and 16-bit registers only, the rest is custom.</summary>
public enum ModbusType : byte
{
    Bool,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
    String,
}
