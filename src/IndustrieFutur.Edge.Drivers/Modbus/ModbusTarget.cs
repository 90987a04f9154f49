using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>Where a command writes.</summary>
/// <param name="Table">Coils or holding registers.</param>
/// <param name="Number">The address on the wire, from 0.</param>
/// <param name="Type">What the value is.</param>
/// <param name="Order">Of the bytes of several registers.</param>
/// <param name="Options">Knows how a value becomes raw.</param>
internal sealed record ModbusTarget(ModbusTable Table, ushort Number, ModbusType Type, ModbusWordOrder Order, ModbusTargetOptions Options);
