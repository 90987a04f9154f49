using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>The client finds the right answer whatever else is on the line, and waits no longer than it should.</summary>
public sealed class ModbusClientTests : IDisposable
{
    private const string Request = "01 03 00 00 00 01 84 0A";
    private const string Right = "01 03 02 12 34 B5 33";

    private readonly ScriptedLink _link = new();

    public void Dispose() => _link.Dispose();

    [Fact]
    public void An_answer_in_single_bytes_is_put_together()
    {
        _link.Answer(Right.Split(' '));

        Assert.Equal("12 34", ReadOne(Rtu()));
    }

    [Theory]
    [InlineData("00")] // A glitch of an RS-485 adapter that switches.
    [InlineData("01")] // Half a start.
    [InlineData("01 03 02")] // A frame cut short.
    [InlineData("02 03 02 12 34 F1 33")] // Another unit's answer.
    [InlineData("01 04 02 12 34 B4 47")] // Another function's answer.
    [InlineData("01 03 04 12 34 56 78 81 07")] // Another length: the late answer to another question.
    [InlineData("01 03 02 12 35 B5 33")] // A wrong CRC.
    [InlineData("FF FF 01 83 01 03 FF")]
    public void Whatever_comes_before_the_right_answer_is_dropped(string before)
    {
        _link.Answer(before, Right);
        var client = Rtu();

        Assert.Equal("12 34", ReadOne(client));
        Assert.Equal(Hex.Bytes(before).Length, client.StrayBytes);
    }

    [Fact]
    public void Any_noise_before_the_right_answer_is_survived()
    {
        var noise = ArbMap.Default.GeneratorFor<byte>().NonEmptyListOf().Select(list => list.ToArray());

        Prop.ForAll(noise.ToArbitrary(), bytes =>
        {
            var link = new ScriptedLink().Answer(Hex.Text(bytes), Right);
            return ReadOne(new ModbusClient(link, new ModbusClientSettings { Framing = ModbusFraming.Rtu })) == "12 34";
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_wrong_crc_alone_is_a_timeout_and_counted()
    {
        _link.Answer("01 03 02 12 35 B5 33");
        var client = Rtu();

        var result = client.Read(1, ModbusTable.HoldingRegisters, 0, 1, out _);

        Assert.Equal(ModbusOutcome.Timeout, result.Outcome);
        Assert.Equal(1, client.CrcErrors);
    }

    [Fact]
    public void The_late_answer_to_a_question_that_timed_out_is_not_taken_for_the_next_one()
    {
        var client = Rtu();
        client.Read(1, ModbusTable.HoldingRegisters, 7, 1, out _);
        _link.Arrive("01 03 02 99 99 12 2E");
        _link.Answer(Right);

        Assert.Equal("12 34", ReadOne(client));
        Assert.Equal(1, _link.Discards);
    }

    [Fact]
    public void A_line_in_order_is_never_discarded()
    {
        var client = Rtu();
        for (var i = 0; i < 10; i++)
        {
            _link.Answer(Right);
            ReadOne(client);
        }

        Assert.Equal(0, _link.Discards);
        Assert.Equal(0, client.StrayBytes);
    }

    [Fact]
    public void The_gap_before_a_request_is_kept()
    {
        _link.Answer(Right).Answer(Right);
        var client = new ModbusClient(_link, new ModbusClientSettings { Framing = ModbusFraming.Rtu, FrameGapNanos = 20_000_000 });
        ReadOne(client);
        var first = client.ArrivalMonoNanos;

        ReadOne(client);

        Assert.True(client.ArrivalMonoNanos - first >= 20_000_000);
    }

    [Fact]
    public void The_echo_of_a_two_wire_adapter_is_dropped()
    {
        _link.Answer(Request[..8], Request[9..] + Right);
        var client = new ModbusClient(_link, new ModbusClientSettings { Framing = ModbusFraming.Rtu, StripEcho = true });

        Assert.Equal("12 34", ReadOne(client));
    }

    [Fact]
    public void The_echo_of_a_write_is_not_taken_for_its_answer()
    {
        const string Write = "01 06 00 01 00 03 98 0B";
        _link.Answer(Write).Answer(Write, Write);
        var client = new ModbusClient(_link, new ModbusClientSettings { Framing = ModbusFraming.Rtu, StripEcho = true });

        Assert.Equal(ModbusOutcome.Timeout, client.WriteRegister(1, 1, 3).Outcome);
        Assert.True(client.WriteRegister(1, 1, 3).IsOk);
    }

    [Fact]
    public void A_broadcast_waits_for_no_answer_but_lets_the_units_work()
    {
        _link.Answer().Answer(Right);
        var settings = new ModbusClientSettings { Framing = ModbusFraming.Rtu, Turnaround = TimeSpan.FromMilliseconds(20) };
        var client = new ModbusClient(_link, settings);
        var before = LinkClock.NowNanos();

        Assert.True(client.WriteRegister(0, 1, 3).IsOk);
        Assert.Equal("12 34", ReadOne(client));

        Assert.True(client.ArrivalMonoNanos - before >= 20_000_000);
    }

    [Fact]
    public void Nothing_is_read_by_a_broadcast() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rtu().Read(0, ModbusTable.Coils, 0, 1, out _));

    [Fact]
    public void A_stale_transaction_is_dropped_and_the_right_one_awaited()
    {
        _link.Answer("00 07 00 00 00 05 01 03 02 99 99", "00 01 00 00 00 05 01 03 02", "12 34");

        Assert.Equal("12 34", ReadOne(Tcp()));
    }

    [Fact]
    public void Two_tcp_frames_in_one_piece_are_told_apart()
    {
        _link.Answer("00 07 00 00 00 05 01 03 02 99 99 00 01 00 00 00 05 01 03 02 12 34 00 02 00").Answer("00 00 05 01 03 02 56 78");
        var client = Tcp();

        Assert.Equal("12 34", ReadOne(client));
        Assert.Equal("56 78", ReadOne(client));
    }

    [Fact]
    public void What_is_no_modbus_tcp_breaks_the_link()
    {
        _link.Answer(Hex.Text("HTTP/1.1 400 Bad Request"u8));

        var broken = Assert.Throws<LinkBrokenException>(() => ReadOne(Tcp()));
        Assert.Contains("Modbus", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_is_gone_is_seen_without_asking()
    {
        var client = Rtu();
        client.Look();
        _link.IsCut = true;

        Assert.Throws<LinkBrokenException>(client.Look);
    }

    [Fact]
    public void An_identification_in_several_answers_is_put_together()
    {
        var device = new TableDevice();
        for (byte id = 0; id < 7; id++)
        {
            device.Objects[id] = new string((char)('a' + id), 60);
        }

        device.Objects[0x80] = "private";
        var objects = new Dictionary<byte, string>();
        var client = new ModbusClient(
            new ServedLink(new ModbusServer(device, ModbusFraming.Rtu, 1)) { PieceBytesMax = 7 },
            new ModbusClientSettings { Framing = ModbusFraming.Rtu });

        var result = client.ReadIdentification(1, ModbusIdentification.Extended, 0, objects);

        Assert.True(result.IsOk);
        Assert.Equal(device.Objects, objects);
    }

    [Theory]
    [InlineData(ModbusFraming.Rtu, 1)]
    [InlineData(ModbusFraming.Rtu, 3)]
    [InlineData(ModbusFraming.Tcp, 1)]
    [InlineData(ModbusFraming.Tcp, int.MaxValue)]
    public void Every_function_goes_there_and_back(ModbusFraming framing, int pieceBytesMax)
    {
        var device = new TableDevice();
        var link = new ServedLink(new ModbusServer(device, framing, 1)) { PieceBytesMax = pieceBytesMax };
        var client = new ModbusClient(link, new ModbusClientSettings { Framing = framing });

        Assert.True(client.WriteCoil(1, 3, true).IsOk);
        Assert.True(client.WriteCoils(1, 8, [true, false, true]).IsOk);
        Assert.True(client.WriteRegister(1, 5, 0x1234).IsOk);
        Assert.True(client.WriteRegisters(1, 6, [1, 2, 3]).IsOk);
        Assert.True(client.MaskWriteRegister(1, 5, 0x00FF, 0xAB00).IsOk);
        Assert.True(client.ReadWriteRegisters(1, 5, 4, 8, [9], out var data).IsOk);
        Assert.Equal("AB 34 00 01 00 02 00 09", Hex.Text(data));
        Assert.True(client.Read(1, ModbusTable.Coils, 0, 11, out data).IsOk);
        Assert.Equal("08 05", Hex.Text(data));
        Assert.True(client.Read(1, ModbusTable.DiscreteInputs, 0, 400, out data).IsOk);
        Assert.Equal(50, data.Length);
        Assert.True(client.Read(1, ModbusTable.HoldingRegisters, 0, 125, out data).IsOk);
        Assert.Equal(250, data.Length);
        Assert.True(client.Read(1, ModbusTable.InputRegisters, 0, 125, out data).IsOk);
        Assert.Equal(250, data.Length);
        Assert.Equal(0, client.StrayBytes);
    }

    [Fact]
    public void A_round_trip_allocates_nothing()
    {
        var link = new ServedLink(new ModbusServer(new TableDevice(), ModbusFraming.Rtu, 1));
        var client = new ModbusClient(link, new ModbusClientSettings { Framing = ModbusFraming.Rtu });

        var answered = 0;

        Assert.Equal(0, AllocationGuard.BytesOf(() => answered = Read(client, 100_000)));
        Assert.Equal(100_000, answered);
    }

    private static int Read(ModbusClient client, int times)
    {
        var answered = 0;
        for (var i = 0; i < times; i++)
        {
            answered += client.Read(1, ModbusTable.HoldingRegisters, 0, 10, out _).IsOk ? 1 : 0;
        }

        return answered;
    }

    private static string ReadOne(ModbusClient client)
    {
        var result = client.Read(1, ModbusTable.HoldingRegisters, 0, 1, out var data);
        return result.IsOk ? Hex.Text(data) : result.ToString();
    }

    private ModbusClient Rtu() => new(_link, new ModbusClientSettings { Framing = ModbusFraming.Rtu });

    private ModbusClient Tcp() => new(_link, ModbusClientSettings.Tcp());
}
