namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>What fits into one message (Modbus Application Protocol 1.1b3, sections 4.1 and 6): all follow from a PDU of 253 bytes.</summary>
public static class ModbusLimits
{
    /// <summary>Function code and data: 256 bytes of the RS-485 frame less address and CRC.</summary>
    public const int PduBytesMax = 253;

    /// <summary>Address, PDU, CRC.</summary>
    public const int RtuBytesMax = 256;

    /// <summary>MBAP header of 7 bytes and a PDU.</summary>
    public const int TcpBytesMax = 260;

    public const int RegistersPerReadMax = 125;
    public const int BitsPerReadMax = 2000;
    public const int RegistersPerWriteMax = 123;
    public const int BitsPerWriteMax = 1968;

    /// <summary>Registers written by function 23, whose request also carries what to read.</summary>
    public const int RegistersPerReadWriteMax = 121;

    /// <summary>Highest address of a serial unit; 248 to 255 are reserved.</summary>
    public const int SerialUnitMax = 247;

    /// <summary>On a serial line everybody listens to unit 0 and nobody answers.</summary>
    public const byte BroadcastUnit = 0;
}
