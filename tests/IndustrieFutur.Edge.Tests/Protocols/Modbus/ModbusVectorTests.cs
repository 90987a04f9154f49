using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>Frames printed in the standard and computed by others: our client sends exactly them, our server answers exactly so.</summary>
public sealed class ModbusVectorTests : IDisposable
{
    private readonly ScriptedLink _link = new();
    private readonly TableDevice _device = new();

    public void Dispose() => _link.Dispose();

    [Fact]
    public void The_crc_has_its_published_check_value() => Assert.Equal(0x4B37, ModbusCrc.Of("123456789"u8));

    [Theory]
    [InlineData(ModbusTable.HoldingRegisters, 0x11, 0x6B, 3, "11 03 00 6B 00 03 76 87")]
    [InlineData(ModbusTable.HoldingRegisters, 1, 0, 1, "01 03 00 00 00 01 84 0A")]
    [InlineData(ModbusTable.Coils, 1, 0x13, 0x13, "01 01 00 13 00 13 8C 02")]
    [InlineData(ModbusTable.DiscreteInputs, 1, 0xC4, 0x16, "01 02 00 C4 00 16 B8 39")]
    [InlineData(ModbusTable.InputRegisters, 1, 8, 1, "01 04 00 08 00 01 B0 08")]
    public void Reads_go_out_as_the_standard_prints_them(ModbusTable table, byte unit, ushort start, int count, string frame)
    {
        Rtu().Read(unit, table, start, count, out _);

        Assert.Equal(frame, Hex.Text(_link.Written[0]));
    }

    [Fact]
    public void Writes_go_out_as_the_standard_prints_them()
    {
        var client = Rtu();

        client.WriteCoil(1, 0x13, true);
        client.WriteRegister(1, 1, 3);
        client.WriteCoils(1, 0x13, [true, false, true, true, false, false, true, true, true, false]);
        client.WriteRegisters(1, 1, [10, 0x102]);
        client.MaskWriteRegister(1, 4, 0xF2, 0x25);
        client.ReadWriteRegisters(1, 3, 6, 14, [0xFF, 0xFF, 0xFF], out _);
        client.ReadIdentification(1, ModbusIdentification.Basic, 0, new Dictionary<byte, string>());

        string[] expected =
        [
            "01 05 00 13 FF 00 7D FF",
            "01 06 00 01 00 03 98 0B",
            "01 0F 00 13 00 0A 02 CD 01 72 CB",
            "01 10 00 01 00 02 04 00 0A 01 02 92 30",
            "01 16 00 04 00 F2 00 25 67 EE",
            "01 17 00 03 00 06 00 0E 00 03 06 00 FF 00 FF 00 FF 46 91",
            "01 2B 0E 01 00 70 77",
        ];
        Assert.Equal(expected, _link.Written.Select(frame => Hex.Text(frame)));
    }

    [Fact]
    public void A_tcp_read_goes_out_as_the_standard_prints_it()
    {
        new ModbusClient(_link, ModbusClientSettings.Tcp()).Read(0x11, ModbusTable.HoldingRegisters, 0x6B, 3, out _);

        Assert.Equal("00 01 00 00 00 06 11 03 00 6B 00 03", Hex.Text(_link.Written[0]));
    }

    [Fact]
    public void An_answer_with_registers_is_read()
    {
        _link.Answer(Hex.Framed("11 03 06 02 2B 00 00 00 64"));

        var result = Rtu().Read(0x11, ModbusTable.HoldingRegisters, 0x6B, 3, out var data);

        Assert.True(result.IsOk);
        Assert.Equal("02 2B 00 00 00 64", Hex.Text(data));
    }

    [Fact]
    public void The_first_coil_is_the_lowest_bit_of_the_first_byte()
    {
        _link.Answer(Hex.Framed("01 01 03 CD 6B 05"));

        Rtu().Read(1, ModbusTable.Coils, 0x13, 0x13, out var data);

        Assert.True(ModbusValue.PackedBit(data, 0));
        Assert.False(ModbusValue.PackedBit(data, 1));
        Assert.True(ModbusValue.PackedBit(data, 18));
    }

    [Fact]
    public void An_exception_is_a_named_result()
    {
        _link.Answer("01 83 02 C0 F1");

        var result = Rtu().Read(1, ModbusTable.HoldingRegisters, 0, 1, out var data);

        Assert.Equal(ModbusOutcome.Exception, result.Outcome);
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, result.Exception);
        Assert.Equal("exception 2 (IllegalDataAddress)", result.ToString());
        Assert.True(data.IsEmpty);
    }

    [Fact]
    public void A_mask_write_does_to_the_register_what_the_standard_says()
    {
        _device[ModbusTable.HoldingRegisters][4] = 0x12;

        var answer = Serve("16 00 04 00 F2 00 25");

        Assert.Equal("16 00 04 00 F2 00 25", answer);
        Assert.Equal(0x17, _device[ModbusTable.HoldingRegisters][4]);
    }

    [Fact]
    public void A_read_and_write_in_one_writes_first()
    {
        var answer = Serve("17 00 0E 00 02 00 0E 00 03 06 00 FF 00 FE 00 FD");

        Assert.Equal("17 04 00 FF 00 FE", answer);
    }

    [Theory]
    [InlineData("03 00 00 00 00", "83 03")] // No registers at all.
    [InlineData("03 00 00 00 7E", "83 03")] // 126 registers.
    [InlineData("03 00 C8 00 01", "83 02")] // Behind the last register.
    [InlineData("03 FF FF 00 02", "83 02")] // Behind the last address.
    [InlineData("05 00 00 12 34", "85 03")] // Neither on nor off.
    [InlineData("0F 00 00 00 0A 01 FF", "8F 03")] // The byte count does not match.
    [InlineData("10 00 00 00 02 02 00 01", "90 03")]
    [InlineData("41 00", "C1 01")] // A function that nobody knows.
    [InlineData("2B 0D 00", "AB 01")] // CANopen, which we are not.
    public void What_makes_no_sense_is_refused_by_the_right_exception(string request, string expected) =>
        Assert.Equal(expected, Serve(request));

    [Fact]
    public void Coils_are_written_and_read_back()
    {
        Assert.Equal("0F 00 13 00 0A", Serve("0F 00 13 00 0A 02 CD 01"));
        Assert.Equal("01 02 CD 01", Serve("01 00 13 00 0A"));
        Assert.Equal("05 00 13 00 00", Serve("05 00 13 00 00"));
        Assert.Equal("01 01 00", Serve("01 00 13 00 01"));
    }

    private ModbusClient Rtu() => new(_link, new ModbusClientSettings { Framing = ModbusFraming.Rtu });

    private string Serve(string request)
    {
        var answer = new byte[ModbusLimits.PduBytesMax];
        var length = new ModbusResponder(_device).Answer(Hex.Bytes(request), answer);
        return Hex.Text(answer.AsSpan(0, length));
    }
}
