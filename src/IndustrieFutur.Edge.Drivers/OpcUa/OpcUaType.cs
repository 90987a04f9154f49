namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>What a value becomes in the house, whatever width the server gives it; the standard's types are wider than a store's.</summary>
public enum OpcUaType
{
    /// <summary>Float, Double and every integer.</summary>
    F64,

    /// <summary>Integers, Boolean, enumerations; a DateTime as nanoseconds since 1970 UTC.</summary>
    I64,

    /// <summary>Integers that may pass the reach of a signed one.</summary>
    U64,

    /// <summary>Boolean, or an integer that is not 0.</summary>
    Bool,

    /// <summary>Texts, names, ids, times and numbers as text.</summary>
    Text,
}
