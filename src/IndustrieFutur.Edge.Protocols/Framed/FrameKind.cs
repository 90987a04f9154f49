namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>How a device says where a message begins and ends.</summary>
public enum FrameKind
{
    /// <summary>Text up to a terminator: scales, scanners.</summary>
    Line,

    /// <summary>STX, text, ETX and mostly a block check: torque drivers, printers.</summary>
    Stx,

    /// <summary>Always so many bytes, found by sync bytes and proved by a CRC-16/MODBUS: sensors, simple controllers.</summary>
    Fixed,
}
