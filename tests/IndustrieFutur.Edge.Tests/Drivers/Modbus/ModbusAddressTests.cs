using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Drivers.Modbus;

/// <summary>Addresses in all the ways that manuals and integrators write them.</summary>
public sealed class ModbusAddressTests
{
    [Theory]
    [InlineData("40001", 1, ModbusTable.HoldingRegisters, 0)]
    [InlineData("400001", 1, ModbusTable.HoldingRegisters, 0)]
    [InlineData("465536", 1, ModbusTable.HoldingRegisters, 65_535)]
    [InlineData("30009", 1, ModbusTable.InputRegisters, 8)]
    [InlineData("10197", 1, ModbusTable.DiscreteInputs, 196)]
    [InlineData("00020", 1, ModbusTable.Coils, 19)]
    [InlineData("4x00001", 1, ModbusTable.HoldingRegisters, 0)]
    [InlineData("3x0", 0, ModbusTable.InputRegisters, 0)]
    [InlineData("0X5", 0, ModbusTable.Coils, 5)]
    [InlineData("1x5", 1, ModbusTable.DiscreteInputs, 4)]
    [InlineData("holding:0", 0, ModbusTable.HoldingRegisters, 0)]
    [InlineData("input:12", 0, ModbusTable.InputRegisters, 12)]
    [InlineData("coil:3", 1, ModbusTable.Coils, 2)]
    [InlineData("discrete:1", 1, ModbusTable.DiscreteInputs, 0)]
    [InlineData("40001", 0, ModbusTable.HoldingRegisters, 1)]
    public void An_address_is_read_as_integrators_write_it(string text, int addressBase, object table, int number)
    {
        Assert.True(ModbusAddress.TryParse(text, addressBase, out var address, out var error), error);
        Assert.Equal(new ModbusAddress((ModbusTable)table, number), address);
    }

    [Theory]
    [InlineData("", 0, "no Modbus address")]
    [InlineData("7", 0, "write \"holding:7\"")]
    [InlineData("20001", 0, "no Modbus address")]
    [InlineData("register:7", 0, "no Modbus address")]
    [InlineData("holding:", 0, "no number")]
    [InlineData("holding:-1", 0, "no number")]
    [InlineData("4x1a", 0, "no number")]
    [InlineData("40000", 1, "is address -1 on the wire")]
    [InlineData("holding:65536", 0, "from 0 to 65535")]
    [InlineData("465537", 1, "write 1 to 65536 behind the table")]
    public void What_is_no_address_is_answered_with_what_to_write(string text, int addressBase, string sentence)
    {
        Assert.False(ModbusAddress.TryParse(text, addressBase, out _, out var error));
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }
}
