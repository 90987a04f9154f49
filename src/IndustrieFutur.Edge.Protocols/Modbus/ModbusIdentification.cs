namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>How much of a device's identification is asked for (function 43/14, Modbus Application Protocol 1.1b3, section 6.21).</summary>
public enum ModbusIdentification : byte
{
    None = 0,

    /// <summary>Vendor, product code, revision.</summary>
    Basic = 1,

    /// <summary>And address of the vendor, product, model and application name.</summary>
    Regular = 2,

    /// <summary>And whatever the vendor added.</summary>
    Extended = 3,

    /// <summary>One object alone.</summary>
    One = 4,
}
