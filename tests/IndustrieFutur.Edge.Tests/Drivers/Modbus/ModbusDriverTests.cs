using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Tests.House;
using IndustrieFutur.Edge.Tests.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Drivers.Modbus;

/// <summary>What becomes of a device's answers, refusals and silences, on a line in memory and a clock that the test moves.</summary>
public sealed class ModbusDriverTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TableDevice _device = new();
    private readonly ServedLink _line;

    public ModbusDriverTests() => _line = new ServedLink(new ModbusServer(_device, ModbusFraming.Rtu, 1));

    public void Dispose() => _line.Dispose();

    [Fact]
    public void Every_type_arrives_as_its_kind()
    {
        using var bench = Bench(
            ("bool", "coil:3", "bool"),
            ("bit", "holding:0", "bit15"),
            ("u16", "holding:0", "u16"),
            ("i16", "holding:0", "i16"),
            ("f32", "input:0", "f32 CDAB"),
            ("u64", "input:2", "u64"),
            ("text", "input:10", "string 3"));
        _device[ModbusTable.Coils][3] = 1;
        _device[ModbusTable.HoldingRegisters][0] = 0xFFFE;
        ushort[] inputs = [0xE979, 0x42F6, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFE];
        inputs.CopyTo(_device[ModbusTable.InputRegisters], 0);
        _device[ModbusTable.InputRegisters][10] = 0x4142;

        bench.Connect();
        bench.Run(Interval / 2);

        var values = bench.Take();
        Assert.All(values, value => Assert.Equal(StatusCode.Good, value.Status));
        var byId = values.ToDictionary(value => value.Id, value => value.Value);
        Assert.Equal(7, byId.Count);
        Assert.Equal(true, byId["bool"]);
        Assert.Equal(true, byId["bit"]);
        Assert.Equal(65_534L, byId["u16"]);
        Assert.Equal(-2L, byId["i16"]);
        Assert.Equal((double)123.456f, byId["f32"]);
        Assert.Equal(ulong.MaxValue - 1, byId["u64"]);
        Assert.Equal("AB", byId["text"]);
    }

    [Fact]
    public void A_group_is_read_at_its_interval()
    {
        using var bench = Bench(("a", "holding:0", "u16"), ("b", "holding:5", "u16"));
        bench.Connect();

        bench.Run(TimeSpan.FromSeconds(10));

        Assert.InRange(_line.Requests, 100, 101);
        Assert.Equal(0, bench.Driver.Statistics[0].MissedRounds);
    }

    [Fact]
    public void Rounds_that_were_missed_are_counted_and_not_caught_up()
    {
        using var bench = Bench(("a", "holding:0", "u16"));
        bench.Connect();
        bench.Run(TimeSpan.Zero);
        var before = _line.Requests;

        bench.Stall(TimeSpan.FromMilliseconds(1040));
        bench.Run(Interval / 4);

        // The round that was due first comes late; the nine behind it are gone, the newest too: it would follow at once.
        Assert.Equal(1, _line.Requests - before);
        Assert.Equal(9, bench.Driver.Statistics[0].MissedRounds);
    }

    [Fact]
    public void A_register_that_does_not_exist_does_not_stop_its_neighbours()
    {
        var signals = Enumerable.Range(0, 20).Select(i => ($"r{i}", $"holding:{i}", "u16")).ToArray();
        _device.Illegal.UnionWith([7, 13]);
        using var bench = Bench(signals);
        bench.Connect();

        bench.Run(TimeSpan.FromSeconds(1));
        var first = bench.Take();
        var learnt = bench.Driver.Statistics[0].Exceptions;
        bench.Run(TimeSpan.FromSeconds(8));
        var later = bench.Take();

        Assert.Equal(["r13", "r7"], first.Where(value => value.Status == StatusCode.BadConfigurationError).Select(value => value.Id).Order());
        Assert.Equal(18, later.Select(value => value.Id).Distinct().Count());
        Assert.All(later, value => Assert.Equal(StatusCode.Good, value.Status));
        Assert.Equal(learnt, bench.Driver.Statistics[0].Exceptions);
    }

    [Fact]
    public void A_gap_that_does_not_exist_costs_no_signal()
    {
        _device.Illegal.Add(2);
        using var bench = Bench(("a", "holding:0", "u32"), ("b", "holding:3", "f64"));
        bench.Connect();

        bench.Run(TimeSpan.FromSeconds(1));

        Assert.All(bench.Take(), value => Assert.Equal(StatusCode.Good, value.Status));
        Assert.Equal(1, bench.Driver.Statistics[0].Exceptions);
    }

    [Fact]
    public void What_was_learnt_is_forgotten_with_the_connection()
    {
        _device.Illegal.Add(1);
        using var bench = Bench(("a", "holding:0", "u16"), ("b", "holding:1", "u16"));
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(1));
        bench.DropAll();
        _device.Illegal.Clear();

        bench.Driver.Disconnect();
        bench.Connect();
        bench.Run(Interval / 2);

        Assert.Equal(["a", "b"], bench.Take().Where(value => value.Status == StatusCode.Good).Select(value => value.Id).Distinct());
    }

    [Fact]
    public void A_device_that_refused_its_addresses_while_it_booted_is_read_again_in_one_request()
    {
        var signals = Enumerable.Range(0, 20).Select(i => ($"r{i}", $"holding:{i}", "u16")).ToArray();
        _device.Illegal.UnionWith(Enumerable.Range(0, 20));
        using var bench = Bench(signals);
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(5));
        bench.DropAll();
        _device.Illegal.Clear();

        bench.Run(TimeSpan.FromSeconds(6));
        var back = bench.Take();
        var before = _line.Requests;
        bench.Run(TimeSpan.FromSeconds(10));

        Assert.Equal(20, back.Where(value => value.Status == StatusCode.Good).Select(value => value.Id).Distinct().Count());
        Assert.InRange(_line.Requests - before, 99, 101);
    }

    [Fact]
    public void An_address_that_appears_later_lives_and_its_neighbour_that_does_not_is_not_marked_again()
    {
        _device.Illegal.UnionWith([1, 3]);
        using var bench = Bench(("a", "holding:0", "u16"), ("b", "holding:1", "u16"), ("c", "holding:2", "u16"), ("d", "holding:3", "u16"));
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(5));
        bench.DropAll();
        _device.Illegal.Remove(1);

        bench.Run(TimeSpan.FromSeconds(30));

        var samples = bench.Take();
        Assert.Contains(samples, sample => sample is { Id: "b", Status: StatusCode.Good });
        Assert.DoesNotContain(samples, sample => sample.Id == "d");
        Assert.Equal(0, bench.Driver.Statistics[0].MissedRounds);
    }

    [Fact]
    public void An_address_that_stays_wrong_is_tried_more_and_more_seldom_and_the_group_keeps_its_pace()
    {
        _device.Illegal.Add(1);
        using var bench = Bench(("a", "holding:0", "u16"), ("b", "holding:1", "u16"));
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(5));
        bench.DropAll();
        var learnt = bench.Driver.Statistics[0].Exceptions;

        // After 10, 20, 40, 80, 160 seconds and then every five minutes.
        bench.Run(TimeSpan.FromMinutes(20));

        var samples = bench.Take();
        Assert.Equal(7, bench.Driver.Statistics[0].Exceptions - learnt);
        Assert.InRange(samples.Count(sample => sample.Id == "a"), 11_999, 12_001);
        Assert.DoesNotContain(samples, sample => sample.Id == "b");
        Assert.Equal(0, bench.Driver.Statistics[0].MissedRounds);
    }

    [Fact]
    public void A_line_that_is_never_idle_still_tries_what_was_refused()
    {
        _device.Illegal.Add(1);
        var options = new ModbusOptions
        {
            Serial = ModbusBench.Line,
            AddressBase = 0,
            Pause = Interval,
            Groups = ModbusBench.Device(1, Interval / 2, ("a", "holding:0", "u16"), ("b", "holding:1", "u16")).Groups,
        };
        using var bench = new ModbusBench(() => _line, options);
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(5));
        bench.DropAll();
        _device.Illegal.Clear();

        bench.Run(TimeSpan.FromSeconds(30));

        Assert.Contains(bench.Take(), sample => sample is { Id: "b", Status: StatusCode.Good });
    }

    [Fact]
    public void What_was_learnt_of_a_unit_is_forgotten_when_it_comes_back_from_silence()
    {
        var line = new ServedLink(new ModbusServer(_device, ModbusFraming.Rtu, 1));
        _device.Illegal.Add(1);
        using var bench = new ModbusBench(() => line, ModbusBench.Device(1, Interval, ("a", "holding:0", "u16"), ("b", "holding:1", "u16")));
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(1));
        line.Detach();
        bench.Run(TimeSpan.FromSeconds(3));
        bench.DropAll();
        _device.Illegal.Clear();

        line.Attach(new ModbusServer(_device, ModbusFraming.Rtu, 1));
        bench.Run(TimeSpan.FromSeconds(5));

        Assert.Contains(bench.Take(), sample => sample is { Id: "b", Status: StatusCode.Good });
    }

    [Fact]
    public void A_dead_unit_goes_Bad_once_and_leaves_the_line_to_the_living()
    {
        using var bench = new ModbusBench(
            () => _line,
            ModbusBench.Device(1, Interval, ("living", "holding:0", "u16")),
            ModbusBench.Device(2, Interval, ("dead", "holding:0", "u16"), ("buried", "coil:0", "bool")));
        bench.Connect();

        bench.Run(TimeSpan.FromMinutes(1));

        var samples = bench.Take();
        Assert.Equal(["buried", "dead"], samples.Where(sample => sample.Status == StatusCode.BadNoCommunication).Select(sample => sample.Id).Order());
        Assert.InRange(samples.Count(sample => sample.Id == "living"), 600, 601);
        Assert.Equal(0, bench.Driver.Statistics[0].MissedRounds);

        // Three to find out, then after 1, 2, 4, 8 and every 10 seconds.
        Assert.InRange(bench.Driver.Statistics[1].Timeouts, 9, 12);
        Assert.True(bench.Driver.Statistics[1].IsSilent);
    }

    [Fact]
    public void A_unit_that_comes_back_is_read_again_whole()
    {
        var line = new ServedLink();
        using var bench = new ModbusBench(() => line, ModbusBench.Device(1, Interval, ("a", "holding:0", "u16"), ("b", "coil:0", "bool")));
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(30));
        bench.DropAll();

        line.Attach(new ModbusServer(_device, ModbusFraming.Rtu, 1));
        bench.Run(TimeSpan.FromSeconds(11));

        var samples = bench.Take();
        Assert.Contains(samples, sample => sample is { Id: "a", Status: StatusCode.Good });
        Assert.Contains(samples, sample => sample is { Id: "b", Status: StatusCode.Good });
        Assert.False(bench.Driver.Statistics[0].IsSilent);
        Assert.Equal(0, bench.Driver.Statistics[0].MissedRounds);
    }

    [Fact]
    public void A_line_that_is_cut_is_a_lost_link()
    {
        using var bench = Bench(("a", "holding:0", "u16"));
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(1));
        _line.IsCut = true;

        Assert.Equal("The line is cut.", bench.RunUntilLost());
    }

    [Fact]
    public void A_link_that_is_gone_shows_within_a_second_however_slow_the_group()
    {
        using var bench = new ModbusBench(() => _line, ModbusBench.Device(1, TimeSpan.FromHours(1), ("a", "holding:0", "u16")));
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(1));
        _line.IsCut = true;

        Assert.Throws<LinkLostException>(() => bench.Run(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_link_that_cannot_be_opened_is_a_lost_link()
    {
        using var bench = new ModbusBench(
            () => throw new LinkBrokenException("There is no such port."), ModbusBench.Device(1, Interval, ("a", "holding:0", "u16")));

        Assert.Equal("There is no such port.", Assert.Throws<LinkLostException>(bench.Connect).Message);
    }

    [Fact]
    public void A_connection_on_which_nobody_answers_is_given_up()
    {
        using var silent = new ServedLink();
        var device = new ModbusOptions
        {
            Tcp = new TcpOptions { Host = "plc.local" },
            AddressBase = 0,
            Groups = ModbusBench.Device(1, Interval, ("a", "holding:0", "u16")).Groups,
        };
        using var bench = new ModbusBench(() => silent, device);
        bench.Connect();

        Assert.Contains("plc.local:502", bench.RunUntilLost(), StringComparison.Ordinal);
        Assert.Equal(3, silent.Requests);
        Assert.False(bench.Driver.HasAnswered);
    }

    [Fact]
    public void A_dead_unit_behind_a_living_gateway_does_not_end_the_connection()
    {
        using var gateway = new ServedLink(new ModbusServer(_device, ModbusFraming.Tcp, 1));
        using var bench = new ModbusBench(() => gateway, Behind(1, "living"), Behind(2, "dead"));
        bench.Connect();

        bench.Run(TimeSpan.FromMinutes(1));

        var samples = bench.Take();
        Assert.Equal(["dead"], samples.Where(sample => sample.Status == StatusCode.BadNoCommunication).Select(sample => sample.Id));
        Assert.InRange(bench.Driver.Statistics[1].Requests, 9, 12);
    }

    [Fact]
    public void A_busy_device_is_in_doubt_after_three_rounds_and_Good_again_with_its_first_answer()
    {
        var busy = new BusyDevice(code: 6);
        using var bench = new ModbusBench(() => busy, ModbusBench.Device(1, Interval, ("a", "holding:0", "u16")));
        bench.Connect();

        bench.Run(TimeSpan.FromMilliseconds(150));
        Assert.Empty(bench.Take());
        bench.Run(TimeSpan.FromSeconds(5));
        Assert.Equal([("a", StatusCode.Bad, (object)"")], bench.Take());
        busy.Code = 0;
        bench.Run(TimeSpan.FromMilliseconds(100));
        Assert.Contains(("a", StatusCode.Good, (object)7L), bench.Take());
    }

    [Theory]
    [InlineData(1, StatusCode.BadConfigurationError, true)]
    [InlineData(4, StatusCode.BadDeviceFailure, true)]
    [InlineData(11, StatusCode.BadNoCommunication, false)]
    public void Each_refusal_has_its_status_and_is_said_once(byte code, uint status, bool isAnswer)
    {
        var busy = new BusyDevice(code);
        using var bench = new ModbusBench(() => busy, ModbusBench.Device(1, Interval, ("a", "holding:0", "u16")));
        bench.Connect();

        bench.Run(TimeSpan.FromSeconds(10));

        Assert.Equal([("a", status, (object)"")], bench.Take());
        Assert.Equal(isAnswer, bench.Driver.HasAnswered);
    }

    [Fact]
    public void A_device_gets_the_pause_it_asks_for()
    {
        var options = new ModbusOptions
        {
            Serial = ModbusBench.Line,
            AddressBase = 0,
            Pause = TimeSpan.FromMilliseconds(250),
            Groups = ModbusBench.Device(1, Interval, ("a", "holding:0", "u16")).Groups,
        };
        using var bench = new ModbusBench(() => _line, options);
        bench.Connect();

        bench.Run(TimeSpan.FromSeconds(10));

        Assert.InRange(_line.Requests, 38, 41);
    }

    [Fact]
    public void A_hundred_thousand_steps_allocate_nothing()
    {
        using var bench = new ModbusBench(
            () => _line,
            ModbusBench.Device(1, Interval, ("a", "holding:0", "f32"), ("b", "coil:0", "bool"), ("c", "input:0", "u16"), ("t", "input:8", "string 4")),
            ModbusBench.Device(2, Interval, ("dead", "holding:0", "u16")));
        bench.Connect();
        bench.Run(TimeSpan.FromSeconds(30));
        bench.DropAll();
        var now = bench.Now;

        var allocated = AllocationGuard.BytesOf(
            () =>
            {
                now = Math.Max(now, bench.Driver.Step(now));
                bench.DropAll();
            },
            turns: 100_000);

        Assert.Equal(0, allocated);
        Assert.True(bench.Driver.Statistics[0].Requests > 90_000);
    }

    private static ModbusOptions Behind(int unit, string signal) => new()
    {
        Tcp = new TcpOptions { Host = "gateway.local" },
        Unit = unit,
        AddressBase = 0,
        Groups = ModbusBench.Device(unit, Interval, (signal, "holding:0", "u16")).Groups,
    };

    private ModbusBench Bench(params (string Id, string Address, string Type)[] signals) => new(() => _line, ModbusBench.Device(1, Interval, signals));
}
