using System.Net;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Tests.Drivers.Modbus;

/// <summary>What a command writes to a Modbus device: the declared register, once, and the device's own word for it.</summary>
public sealed class ModbusOrdersTests : IDisposable
{
    private readonly WrittenDevice _device = new();
    private readonly ModbusTcpListener _listener;
    private readonly ModbusBench _bench;

    public ModbusOrdersTests()
    {
        _listener = new ModbusTcpListener(_device, 1, new IPEndPoint(IPAddress.Loopback, 0));
        _bench = new ModbusBench(null, Options(_listener.EndPoint.Port));
        _bench.Connect();
    }

    public void Dispose()
    {
        _device.Answers.Set();
        _bench.Dispose();
        _listener.Dispose();
        _device.Dispose();
    }

    [Theory]
    [InlineData(0, 250, "HoldingRegisters 0: 250")]
    [InlineData(1, 12.5, "HoldingRegisters 2: 0,16712")]
    [InlineData(2, -3.2, "HoldingRegisters 5: 65504")]
    [InlineData(3, 1, "Coils 7: 1")]
    public void A_value_is_written_to_the_declared_place_and_nowhere_else(int target, double value, string written)
    {
        var answer = Execute(target, value);

        Assert.Equal(OrderVerdict.Taken, answer.Verdict);
        Assert.Equal([written], _device.Written);
    }

    [Theory]
    [InlineData(0, 65_536)]
    [InlineData(0, -1)]
    [InlineData(0, double.NaN)]
    [InlineData(1, 1e300)]
    [InlineData(9, 1)]
    public void What_does_not_fit_or_is_not_declared_is_not_sent(int target, double value)
    {
        Assert.Equal(OrderVerdict.NotSent, Execute(target, value).Verdict);
        Assert.Empty(_device.Written);
    }

    [Fact]
    public void A_device_that_says_no_rejects_with_its_number()
    {
        _device.Refuses = true;

        var answer = Execute(0, 5);

        Assert.Equal((OrderVerdict.Rejected, (uint)ModbusExceptionCode.IllegalDataAddress), (answer.Verdict, answer.Code));
    }

    [Fact]
    public void A_device_that_does_not_answer_was_asked_once_and_leaves_it_open()
    {
        _device.Answers.Reset();

        Assert.Equal(OrderVerdict.Unanswered, Execute(0, 5).Verdict);
        Assert.Single(_device.Written);
    }

    [Theory]
    [InlineData(ModbusExceptionCode.IllegalFunction, OrderVerdict.Rejected)]
    [InlineData(ModbusExceptionCode.IllegalDataValue, OrderVerdict.Rejected)]
    [InlineData(ModbusExceptionCode.ServerDeviceFailure, OrderVerdict.Rejected)]
    [InlineData(ModbusExceptionCode.Acknowledge, OrderVerdict.Taken)]
    [InlineData(ModbusExceptionCode.ServerDeviceBusy, OrderVerdict.Rejected)]
    [InlineData(ModbusExceptionCode.GatewayPathUnavailable, OrderVerdict.Unanswered)]
    [InlineData(ModbusExceptionCode.GatewayTargetFailedToRespond, OrderVerdict.Unanswered)]
    public void Each_exception_means_what_the_standard_says(ModbusExceptionCode code, OrderVerdict verdict)
    {
        using var bench = new ModbusBench(() => new RefusingDevice((byte)code), Options(502));
        bench.Connect();

        var answer = Execute(bench, 0, 5);

        Assert.Equal(verdict, answer.Verdict);
        Assert.Contains($"exception {(int)code}", answer.Text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (bench.Driver.Statistics[0].Requests, bench.Driver.Statistics[0].Exceptions));
    }

    [Fact]
    public void Writes_are_counted_as_what_they_met()
    {
        Execute(0, 5);
        _device.Refuses = true;
        Execute(0, 5);
        _device.Answers.Reset();
        Execute(0, 5);

        var counted = _bench.Driver.Statistics[0];
        Assert.Equal((3, 1, 1), (counted.Requests, counted.Exceptions, counted.Timeouts));
        Assert.False(counted.IsSilent);
    }

    [Fact]
    public void A_silent_unit_that_answers_an_order_is_read_again_at_once()
    {
        using var bench = new ModbusBench(null, Options(_listener.EndPoint.Port, retries: 0));
        bench.Connect();
        _device.Answers.Reset();
        Execute(bench, 0, 5);
        var wasSilent = bench.Driver.Statistics[0].IsSilent;
        var lost = bench.Take();
        _device.Answers.Set();

        Assert.True(SpinWait.SpinUntil(() => Execute(bench, 0, 6).Verdict == OrderVerdict.Taken, TimeSpan.FromSeconds(20)));
        bench.Driver.Step(MonoClock.NowNanos());

        Assert.True(wasSilent);
        Assert.Equal([("a", StatusCode.BadNoCommunication)], lost.Select(sample => (sample.Id, sample.Status)));
        Assert.False(bench.Driver.Statistics[0].IsSilent);
        Assert.Equal([("a", StatusCode.Good)], bench.Take().Select(sample => (sample.Id, sample.Status)));
    }

    [Fact]
    public void An_order_waits_out_the_units_own_pause_and_not_that_of_a_probe()
    {
        using var bench = new ModbusBench(null, Options(_listener.EndPoint.Port, retries: 0, pause: TimeSpan.FromSeconds(2)));
        bench.Connect();
        var atFirst = bench.Driver.NotBeforeMonoNanos(Command(0));
        var began = MonoClock.NowNanos();
        Execute(bench, 0, 5);
        var answered = bench.Driver.NotBeforeMonoNanos(Command(0)) - began;
        using var hasty = new ModbusBench(null, Options(_listener.EndPoint.Port, retries: 0));
        hasty.Connect();
        _device.Answers.Reset();
        Execute(hasty, 0, 5);

        Assert.Equal(0, atFirst);
        Assert.InRange(answered, 2_000_000_000, 4_000_000_000);
        Assert.True(hasty.Driver.Statistics[0].IsSilent);
        Assert.True(hasty.Driver.NotBeforeMonoNanos(Command(0)) <= MonoClock.NowNanos());
    }

    [Theory]
    [InlineData("u16", 1, 0, 65_535, 65_536)]
    [InlineData("i16", 1, 0, -32_768, -32_769)]
    [InlineData("u32", 1, 0, 4_294_967_295, 4_294_967_296)]
    [InlineData("i32", 1, 0, -2_147_483_648, -2_147_483_649.0)]
    [InlineData("i16", 0.1, 0, 3_276.7, 3_276.8)]
    [InlineData("u16", 0.5, -40, -40, -40.5)]
    [InlineData("u16", -1, 100, 100, 101)]
    [InlineData("u64", 1, 0, 9_007_199_254_740_992, -1)]
    [InlineData("f32", 1, 0, 3e38, 4e38)]
    [InlineData("f64", 1, 0, 1e300, double.NaN)]
    public void A_value_fits_up_to_what_its_type_holds_at_its_scale(string type, double scale, double offset, double fits, double doesNot)
    {
        var target = new ModbusTargetOptions { Address = "holding:0", Type = Enum.Parse<ModbusType>(type, ignoreCase: true), Scale = scale, Offset = offset };

        Assert.Null(target.MistakeIn(fits));
        Assert.Contains($"does not fit a {type}", target.MistakeIn(doesNot), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1, 0, 12.3, 123)]
    [InlineData(0.1, 0, 12.34, 123)]
    [InlineData(0.5, -40, 21.5, 123)]
    [InlineData(-2, 10, 4, 3)]
    public void What_is_written_is_the_value_without_its_offset_and_scale(double scale, double offset, double value, long raw)
    {
        var target = new ModbusTargetOptions { Address = "holding:0", Type = ModbusType.I16, Scale = scale, Offset = offset };

        Assert.True(target.TryRaw(value, out var written));
        Assert.Equal(raw, written);
    }

    [Theory]
    [InlineData(0, 0, null, "is no scale")]
    [InlineData(double.NaN, 0, null, "is no scale")]
    [InlineData(1, double.PositiveInfinity, null, "is no scale")]
    [InlineData(1, 0, 70_000.0, "70000 does not fit a u16")]
    public void A_scale_or_a_stop_that_cannot_be_is_told(double scale, double offset, double? stop, string part)
    {
        var mistakes = new Mistakes();

        new ModbusTargetOptions { Address = "holding:0", Type = ModbusType.U16, Scale = scale, Offset = offset, StopValue = stop }.CheckIn(Options(502), mistakes);

        Assert.Contains(part, Assert.Single(mistakes.All).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input:3", "u16", "can only be read")]
    [InlineData("discrete:3", "bool", "can only be read")]
    [InlineData("coil:3", "u16", "single bit")]
    [InlineData("holding:3", "bool", "needs the type of a number")]
    [InlineData("holding:3", "string", "needs the type of a number")]
    [InlineData("somewhere", "u16", "no Modbus address")]
    public void A_target_that_cannot_be_written_is_told_with_what_to_write(string address, string type, string part)
    {
        var mistakes = new Mistakes();

        Target(address, type).CheckIn(Options(502), mistakes);

        Assert.Contains(part, Assert.Single(mistakes.All).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 3, null, true)]
    [InlineData(true, 2, null, false)]
    [InlineData(false, 0, 0.0, true)]
    [InlineData(false, 1, 0.0, false)]
    [InlineData(false, 3, null, false)]
    public void A_stop_is_what_PackML_or_the_configuration_calls_so(bool packml, double value, double? stopValue, bool isStop)
    {
        var target = new ModbusTargetOptions { Address = "holding:3", Type = ModbusType.U16, Packml = packml, StopValue = stopValue };

        Assert.Equal(isStop, target.Stops([value]));
    }

    private static ModbusTargetOptions Target(string address, string type, double scale = 1) => new() { Address = address, Type = Enum.Parse<ModbusType>(type, ignoreCase: true), Scale = scale };

    private static ModbusOptions Options(int port, int retries = 2, TimeSpan pause = default) => new()
    {
        Driver = "modbus",
        Tcp = new TcpOptions { Host = "127.0.0.1", Port = port },
        Unit = 1,
        AddressBase = 0,
        Retries = retries,
        Pause = pause,
        Timeout = TimeSpan.FromMilliseconds(300),
        Groups = new Dictionary<string, GroupOptions<ModbusSignalOptions>>
        {
            ["all"] = new() { Signals = new Dictionary<string, ModbusSignalOptions> { ["a"] = new() { Address = "holding:0", Type = ModbusType.U16 } } },
        },
        Targets = new Dictionary<string, ModbusTargetOptions>
        {
            ["speed"] = Target("holding:0", "u16"),
            ["float"] = new() { Address = "holding:2", Type = ModbusType.F32, Order = "CDAB" },
            ["scaled"] = Target("holding:5", "i16", scale: 0.1),
            ["coil"] = Target("coil:7", "bool"),
        },
    };

    private static CommandPlan Command(int target) => new() { Index = 0, Id = "c", Device = 0, Target = target, TargetWords = "", Level = 1, EffectNanos = 1 };

    private static OrderAnswer Execute(ModbusBench bench, int target, double value)
    {
        var order = new Order { Id = 1, Count = 1 };
        order.Values[0] = value;
        return bench.Driver.Execute(order, Command(target));
    }

    private OrderAnswer Execute(int target, double value) => Execute(_bench, target, value);

    /// <summary>Registers and coils that tell what was written to them.</summary>
    private sealed class WrittenDevice : IModbusDevice, IDisposable
    {
        private readonly List<string> _written = [];

        public ManualResetEventSlim Answers { get; } = new(true);

        public bool Refuses { get; set; }

        public string[] Written
        {
            get
            {
                lock (_written)
                {
                    return [.. _written];
                }
            }
        }

        public bool TryRead(ModbusTable table, int start, Span<ushort> values) => true;

        public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values)
        {
            lock (_written)
            {
                _written.Add($"{table} {start}: {string.Join(',', values.ToArray())}");
            }

            Answers.Wait();
            return !Refuses;
        }

        public string? Identify(byte objectId) => null;

        public void Dispose() => Answers.Dispose();
    }

    /// <summary>A Modbus TCP server that answers every request by one exception.</summary>
    private sealed class RefusingDevice(byte code) : IByteLink
    {
        private byte[] _answer = [];

        public int Read(Span<byte> buffer, long untilMonoNanos)
        {
            var count = _answer.Length;
            _answer.CopyTo(buffer);
            _answer = [];
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes) => _answer = [bytes[0], bytes[1], 0, 0, 0, 3, bytes[6], (byte)(bytes[7] | 0x80), code];

        public void DiscardInput() => _answer = [];

        public void Dispose()
        {
        }
    }
}
