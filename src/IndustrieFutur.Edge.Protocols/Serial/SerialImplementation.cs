namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>Which code drives a serial port.</summary>
public enum SerialImplementation
{
    /// <summary>Posix on Linux, portable elsewhere.</summary>
    Auto,

    /// <summary>The kernel's own calls: allocates nothing, and answers some thirty times faster than the portable one. Linux only.</summary>
    Posix,

    /// <summary><see cref="System.IO.Ports.SerialPort"/>: runs everywhere, looks for bytes every millisecond.</summary>
    Portable,
}
