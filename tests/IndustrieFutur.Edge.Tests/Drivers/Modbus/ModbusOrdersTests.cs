using System.Net;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Modbus;
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

    private static ModbusOptions Options(int port) => new()
    {
        Driver = "modbus",
        Tcp = new TcpOptions { Host = "127.0.0.1", Port = port },
        Unit = 1,
        AddressBase = 0,
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

    private OrderAnswer Execute(int target, double value)
    {
        var order = new Order { Id = 1, Count = 1 };
        order.Values[0] = value;
        return _bench.Driver.Execute(order, new CommandPlan { Index = 0, Id = "c", Device = 0, Target = target, TargetWords = "", Level = 1, EffectNanos = 1 });
    }

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
}
