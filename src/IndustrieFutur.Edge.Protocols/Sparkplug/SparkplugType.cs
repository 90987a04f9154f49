namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>The datatypes of Sparkplug B 3.0 that one number or text can have (6.4.16, "Data Types").</summary>
public enum SparkplugType : byte
{
    Unknown = 0,
    Int8 = 1,
    Int16 = 2,
    Int32 = 3,
    Int64 = 4,
    UInt8 = 5,
    UInt16 = 6,
    UInt32 = 7,
    UInt64 = 8,
    Float = 9,
    Double = 10,
    Boolean = 11,
    String = 12,
    DateTime = 13,
    Text = 14,
    Uuid = 15,
}
