using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Drivers.Modbus;

/// <summary>Every mistake in a Modbus device's options is told at its key.</summary>
public sealed class ModbusOptionsTests
{
    [Theory]
    [InlineData("address", "20001", ModbusType.U16, null, null, null)]
    [InlineData("address", "holding:65536", ModbusType.U16, null, null, null)]
    [InlineData("address", "holding:65535", ModbusType.F32, null, null, null)]
    [InlineData("type", "coil:0", ModbusType.U16, null, null, null)]
    [InlineData("bit", "coil:0", null, null, 3, null)]
    [InlineData("order", "discrete:0", null, "CDAB", null, null)]
    [InlineData("type", "holding:0", null, null, null, null)]
    [InlineData("bit", "holding:0", ModbusType.Bool, null, null, null)]
    [InlineData("bit", "holding:0", ModbusType.U16, null, 3, null)]
    [InlineData("order", "holding:0", ModbusType.U16, "CDAB", null, null)]
    [InlineData("order", "holding:0", ModbusType.String, "CDAB", null, 4)]
    [InlineData("length", "holding:0", ModbusType.String, null, null, null)]
    [InlineData("length", "holding:0", ModbusType.U32, null, null, 2)]
    [InlineData("length", "holding:0", ModbusType.String, null, null, 11)]
    public void Each_mistake_of_a_signal_is_told_at_its_key(string key, string address, ModbusType? type, string? order, int? bit, int? length)
    {
        var options = Device(new() { Address = address, Type = type, Order = order, Bit = bit, Length = length });

        var mistake = Assert.Single(Check(options));

        Assert.Equal($"groups.all.signals.s.{key}", string.Join('.', mistake.Path));
    }

    [Theory]
    [InlineData("bitRange", "holding:0", ModbusType.U16, "15..8", null)]
    [InlineData("bitRange", "holding:0", ModbusType.I16, "8..15", null)]
    [InlineData("bitRange", "holding:0", null, "8..15", 8)]
    [InlineData("bitRange", "coil:0", ModbusType.Bool, "0..1", null)]
    public void Each_mistake_of_several_bits_is_told_at_its_key(string key, string address, ModbusType? type, string bits, int? bit)
    {
        var options = Device(new() { Address = address, Type = type, BitRange = bits, Bit = bit });

        var mistake = Assert.Single(Check(options));

        Assert.Equal($"groups.all.signals.s.{key}", string.Join('.', mistake.Path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ModbusType.U16)]
    public void Several_bits_are_a_whole_number(ModbusType? type)
    {
        var signal = new ModbusSignalOptions { Address = "holding:0", Type = type, BitRange = "12..13" };

        Assert.Empty(Check(Device(signal)));
        Assert.Equal(ValueKind.Int64, signal.RawKind);
    }

    [Theory]
    [InlineData("40001", ModbusType.F32, "CDAB", null, null, ValueKind.Float64)]
    [InlineData("holding:0", ModbusType.U16, null, null, null, ValueKind.Int64)]
    [InlineData("holding:0", ModbusType.U64, "DCBA", null, null, ValueKind.UInt64)]
    [InlineData("holding:0", null, null, 15, null, ValueKind.Boolean)]
    [InlineData("coil:0", null, null, null, null, ValueKind.Boolean)]
    [InlineData("coil:0", ModbusType.Bool, null, null, null, ValueKind.Boolean)]
    [InlineData("input:0", ModbusType.String, "BADC", null, 4, ValueKind.Text)]
    public void What_is_in_order_has_no_mistake(string address, ModbusType? type, string? order, int? bit, int? length, ValueKind kind)
    {
        var signal = new ModbusSignalOptions { Address = address, Type = type, Order = order, Bit = bit, Length = length };

        Assert.Empty(Check(Device(signal)));
        Assert.Equal(kind, signal.RawKind);
    }

    [Fact]
    public void A_device_has_one_link()
    {
        var none = new ModbusOptions { AddressBase = 0, Groups = Device(new() { Address = "coil:0" }).Groups };
        var both = new ModbusOptions
        {
            Serial = new SerialOptions { Port = "p" },
            Tcp = new TcpOptions { Host = "h" },
            AddressBase = 0,
            Groups = none.Groups,
        };

        Assert.Equal(["serial"], Assert.Single(Check(none)).Path);
        Assert.Equal(["tcp"], Assert.Single(Check(both)).Path);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(248)]
    public void A_serial_unit_is_one_that_answers(int unit)
    {
        var options = new ModbusOptions
        {
            Serial = new SerialOptions { Port = "p" },
            Unit = unit,
            AddressBase = 0,
            Groups = Device(new() { Address = "coil:0" }).Groups,
        };

        Assert.Equal(["unit"], Assert.Single(Check(options)).Path);
    }

    [Theory]
    [InlineData(29_999)]
    [InlineData(30_001)]
    [InlineData(30_002)]
    [InlineData(30_003)]
    public void A_port_on_which_a_robot_takes_commands_is_refused(int port)
    {
        var options = new ModbusOptions { Tcp = new TcpOptions { Host = "robot", Port = port }, AddressBase = 0, Groups = Device(new() { Address = "coil:0" }).Groups };

        var mistake = Assert.Single(Check(options));

        Assert.Equal(["tcp", "port"], mistake.Path);
        Assert.Contains("only the command gate may send", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_without_signals_is_a_mistake() =>
        Assert.Equal(["groups"], Assert.Single(Check(new ModbusOptions { Tcp = new TcpOptions { Host = "h" }, AddressBase = 0 })).Path);

    [Fact]
    public void A_connection_is_known_by_host_and_port()
    {
        var options = new ModbusOptions { Tcp = new TcpOptions { Host = "plc.local" } };

        Assert.Equal("plc.local:502", ModbusDriver.Kind.LinkKey(options));
        Assert.Equal(ModbusDriver.Kind, DriverCatalog.Find("modbus"));
    }

    private static ModbusOptions Device(ModbusSignalOptions signal) => new()
    {
        Tcp = new TcpOptions { Host = "plc.local" },
        AddressBase = 0,
        RegistersPerReadMax = 10,
        Groups = new Dictionary<string, GroupOptions<ModbusSignalOptions>>
        {
            ["all"] = new() { Signals = new Dictionary<string, ModbusSignalOptions> { ["s"] = signal } },
        },
    };

    private static IReadOnlyList<Mistake> Check(ModbusOptions options)
    {
        var mistakes = new Mistakes();
        options.Check(mistakes);
        return mistakes.All;
    }
}
