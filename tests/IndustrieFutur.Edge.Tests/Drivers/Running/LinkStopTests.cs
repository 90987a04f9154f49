using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Protocols.Serial;
using IndustrieFutur.Edge.Tests.Protocols.Serial;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Tests.Drivers.Running;

/// <summary>A stop takes far less than a second, whatever dead device a link is waiting for.</summary>
public sealed class LinkStopTests : IDisposable
{
    private const int Capacity = 1_024;

    /// <summary>Half of what the device would be waited for; what it takes is below 0.2 s, the rest is for a busy machine.</summary>
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan DeviceTimeout = TimeSpan.FromSeconds(5);

    private readonly HotMemory _memory = new(
        SampleRing.BytesNeeded(Capacity, 0, 0) + LedgerCounters.BytesNeeded(1) + ModbusUnitStatistics.BytesNeeded + LinkStatus.BytesNeeded);
    private readonly SampleRing _ring;
    private readonly SampleWriter _writer;
    private readonly ManualResetEventSlim _opens = new();

    public LinkStopTests()
    {
        _ring = new SampleRing(_memory, Capacity, 0, 0);
        _writer = new SampleWriter(_ring, new LedgerCounters(_memory, 1), new UtcOffset(TimeProvider.System));
    }

    public void Dispose()
    {
        _opens.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public void A_dead_slave_on_the_network_holds_no_stop_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var runner = Runner(Modbus(new ModbusOptions
        {
            Tcp = new TcpOptions { Host = "127.0.0.1", Port = PortOf(listener.Server) },
            Timeout = DeviceTimeout,
            AddressBase = 0,
            Groups = ModbusGroups(),
        }));
        runner.Start();
        using var device = listener.AcceptSocket();
        Assert.NotEqual(0, device.Receive(new byte[64]));

        var took = Stop(runner);

        Assert.InRange(took, TimeSpan.Zero, StopMax);
        Assert.Equal(0, _ring.Peek(Capacity).Length);
    }

    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public void A_dead_slave_on_a_serial_line_holds_no_stop_up(SerialImplementation implementation)
    {
        using var pair = new PtyPair();
        using var runner = Runner(Modbus(new ModbusOptions
        {
            Serial = new SerialOptions { Port = pair.SlavePath, Settings = "115200 8N1", Implementation = implementation },
            Timeout = DeviceTimeout,
            AddressBase = 0,
            Groups = ModbusGroups(),
        }));
        runner.Start();
        SerialLine.ReadExactly(pair.Master, 8);

        var took = Stop(runner);

        Assert.InRange(took, TimeSpan.Zero, StopMax);
        Assert.Equal(0, _ring.Peek(Capacity).Length);
    }

    [Fact]
    public void A_Modbus_device_that_takes_no_connection_holds_no_stop_up()
    {
        using var full = FullListener();
        using var first = Fill(full);
        using var runner = Runner(Modbus(new ModbusOptions
        {
            Tcp = new TcpOptions { Host = "127.0.0.1", Port = PortOf(full) },
            AddressBase = 0,
            Groups = ModbusGroups(),
        }));
        runner.Start();
        Assert.True(_opens.Wait(DeviceTimeout, TestContext.Current.CancellationToken));

        Assert.InRange(Stop(runner), TimeSpan.Zero, StopMax);
    }

    [Fact]
    public void A_framed_device_that_takes_no_connection_holds_no_stop_up()
    {
        using var full = FullListener();
        using var first = Fill(full);
        var options = new FramedOptions
        {
            Tcp = new TcpOptions { Host = "127.0.0.1", Port = PortOf(full) },
            Groups = new Dictionary<string, FramedGroupOptions>
            {
                ["all"] = new() { Interval = TimeSpan.FromSeconds(1), Signals = new Dictionary<string, FramedSignalOptions> { ["a"] = new() } },
            },
        };
        using var runner = Runner(new FramedDriver(new DeviceBinding(Plan("framed"), options), _writer, cancellationToken =>
        {
            _opens.Set();
            return options.OpenLink(cancellationToken);
        }));
        runner.Start();
        Assert.True(_opens.Wait(DeviceTimeout, TestContext.Current.CancellationToken));

        Assert.InRange(Stop(runner), TimeSpan.Zero, StopMax);
    }

    private static TimeSpan Stop(LinkRunner runner)
    {
        var watch = Stopwatch.StartNew();
        runner.Stop();
        runner.Dispose();
        return watch.Elapsed;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static Socket FullListener()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(0);
        return socket;
    }

    private static Socket Fill(Socket listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(listener.LocalEndPoint!);
        return socket;
    }

    private static Dictionary<string, GroupOptions<ModbusSignalOptions>> ModbusGroups() => new()
    {
        ["all"] = new()
        {
            Interval = TimeSpan.FromSeconds(1),
            Signals = new Dictionary<string, ModbusSignalOptions> { ["a"] = new() { Address = "holding:0" } },
        },
    };

    private static DevicePlan Plan(string driver) => new()
    {
        Id = "plc",
        Driver = driver,
        Index = 0,
        Signals = [new SignalPlan { Index = 0, Id = "a", Device = "plc", RawKind = ValueKind.Int64 }],
    };

    private ModbusDriver Modbus(ModbusOptions options) => new([new DeviceBinding(Plan("modbus"), options)], _writer, [new ModbusUnitStatistics(_memory, "plc", 1)], cancellationToken =>
    {
        _opens.Set();
        return options.OpenLink(cancellationToken);
    });

    private LinkRunner Runner(ILinkDriver driver) => new("link", driver, Plan("any").Signals, _writer, new LinkStatus(_memory), NullLogger<LinkRunner>.Instance);
}
