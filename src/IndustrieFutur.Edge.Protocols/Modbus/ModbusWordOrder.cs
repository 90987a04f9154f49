namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>The order in which the bytes of a 32- or 64-bit value travel, A the most significant; written for 32 bits, alike for 64.</summary>
public enum ModbusWordOrder : byte
{
    /// <summary>Big word first, big byte first: what the standard does inside a register.</summary>
    Abcd,

    /// <summary>Small word first: very common.</summary>
    Cdab,

    /// <summary>Big word first, bytes swapped.</summary>
    Badc,

    /// <summary>All little-endian.</summary>
    Dcba,
}
