namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>How a message is wrapped: by unit and CRC on a serial line, by an MBAP header over TCP.</summary>
public enum ModbusFraming : byte
{
    Rtu,
    Tcp,
}
