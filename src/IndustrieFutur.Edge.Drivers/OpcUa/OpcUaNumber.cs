namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>How a number of an order goes to an OPC UA server: the built-in type that the variable or the argument has there (OPC UA Part 6, 5.1.2).</summary>
public enum OpcUaNumber
{
    /// <summary>Boolean: 0 or 1.</summary>
    Bool,

    /// <summary>SByte.</summary>
    I8,

    /// <summary>Byte.</summary>
    U8,

    I16,

    U16,

    /// <summary>Int32, and enumerations.</summary>
    I32,

    U32,

    I64,

    U64,

    /// <summary>Float.</summary>
    F32,

    /// <summary>Double.</summary>
    F64,
}
