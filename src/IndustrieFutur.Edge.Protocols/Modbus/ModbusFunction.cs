namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>The function codes that client and server know (Modbus Application Protocol 1.1b3, section 6).</summary>
public enum ModbusFunction : byte
{
    None = 0,
    ReadCoils = 1,
    ReadDiscreteInputs = 2,
    ReadHoldingRegisters = 3,
    ReadInputRegisters = 4,
    WriteCoil = 5,
    WriteRegister = 6,
    WriteCoils = 15,
    WriteRegisters = 16,
    MaskWriteRegister = 22,
    ReadWriteRegisters = 23,
    EncapsulatedInterface = 43,
}
