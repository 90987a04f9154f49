using System.Net;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Protocols.Serial;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Tests.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Simulators;

/// <summary>The simulated PLC as clients that others wrote see it.</summary>
public sealed class PlcSimulatorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("plc-simulator-").FullName;
    private readonly PlcSimulator _plc;

    public PlcSimulatorTests() => _plc = PlcSimulator.Start(new PlcSimulatorSettings
    {
        PtyLink = Path.Combine(_folder, "plc.pty"),
        Tcp = new IPEndPoint(IPAddress.Loopback, 0),
    });

    public void Dispose()
    {
        _plc.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Mbpoll_reads_it_over_the_pseudo_terminal() => MbpollReads("rtu", "-b", "19200", "-P", "even", _plc.PtyPath!);

    [Fact]
    public void Mbpoll_reads_it_over_tcp() => MbpollReads("tcp", "-p", $"{_plc.TcpPort}", "127.0.0.1");

    [Fact]
    public void Mbpoll_changes_the_speed()
    {
        var (exitCode, said) = ForeignPeer.Run(
            "mbpoll", "-m", "rtu", "-b", "19200", "-P", "even", "-a", "1", "-t", "4:float", "-B", "-0", "-r", "0", _plc.PtyPath!, "100");

        Assert.True(exitCode == 0, said);
        var setpoint = new ushort[2];
        Assert.True(_plc.Plc.TryRead(ModbusTable.HoldingRegisters, 0, setpoint));
        Assert.Equal([0x42C8, 0], setpoint);
    }

    [Fact]
    public void Pymodbus_learns_who_it_is_and_uses_the_rarer_functions()
    {
        var (exitCode, said) = ForeignPeer.Run(ForeignPeer.Python, ForeignPeer.Script("pymodbus_client.py"), $"{_plc.TcpPort}");

        Assert.True(exitCode == 0, said);
        Assert.Contains("identity IndustrieFutur | CELL-SIM-PLC | 1.0 |", said, StringComparison.Ordinal);
        Assert.Contains("mask 23", said, StringComparison.Ordinal);
        Assert.Contains("readwrite 3", said, StringComparison.Ordinal);
        Assert.Contains("exception 2", said, StringComparison.Ordinal);
    }

    [Fact]
    public void It_lives_while_it_is_watched()
    {
        Assert.True(SerialSettings.TryParse("19200 8E1", out var settings, out _));
        using var link = SerialLinks.Open(settings with { Port = _plc.PtyPath! });
        var client = new ModbusClient(link, ModbusClientSettings.Rtu(115_200)) { Timeout = TimeSpan.FromSeconds(2) };
        var first = Heartbeat(client);

        Assert.True(SpinWait.SpinUntil(() => Heartbeat(client) > first + 1, Patience), "the heartbeat stands still");
    }

    [Fact]
    public void A_client_that_leaves_makes_room_for_the_next()
    {
        for (var i = 0; i < 20; i++)
        {
            // A client's thread needs a moment to see that it has left.
            Assert.True(SpinWait.SpinUntil(TryRead, Patience), $"client {i} is not served");
        }
    }

    [Fact]
    public void The_link_to_the_pseudo_terminal_goes_with_it()
    {
        var link = Path.Combine(_folder, "other.pty");
        using (PlcSimulator.OnPty(link, unit: 1, seed: 1))
        {
            Assert.True(File.Exists(link));
        }

        Assert.False(File.Exists(link));
    }

    [Fact]
    public void A_port_that_is_taken_is_said()
    {
        var taken = new PlcSimulatorSettings { Tcp = new IPEndPoint(IPAddress.Loopback, _plc.TcpPort) };

        var broken = Assert.Throws<LinkBrokenException>(() => PlcSimulator.Start(taken));

        Assert.Contains($"127.0.0.1:{_plc.TcpPort}", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tcp 0.0.0.0:5020 --unit 7 --seed 3", "0.0.0.0:5020", 7, 3, false)]
    [InlineData("--tcp 502", "127.0.0.1:502", 1, 1, false)]
    [InlineData("", null, 1, 1, true)]
    public void The_command_line_says_where(string line, string? tcp, int unit, int seed, bool pty)
    {
        var settings = PlcArguments.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), out var error);

        Assert.NotNull(settings);
        Assert.Empty(error);
        Assert.Equal((tcp, unit, seed, pty), (settings.Tcp?.ToString(), settings.Unit, settings.Seed, settings.Pty));
    }

    [Theory]
    [InlineData("--tcp", "--tcp: its value is missing; it must be a port, 0 to 65535 (0: any that is free), or ADDRESS:PORT")]
    [InlineData("--tcp abc", "--tcp abc: it must be a port, 0 to 65535 (0: any that is free), or ADDRESS:PORT")]
    [InlineData("--unit 248", "--unit 248: it must be a whole number, 1 to 247")]
    [InlineData("--unit 0", "--unit 0: it must be a whole number, 1 to 247")]
    [InlineData("--serial /dev/x 19200", "--serial PORT 19200: it must be the line's speed and frame, such as \"19200 8E1\"")]
    [InlineData("--pace 3", "--pace: no such option")]
    public void A_command_line_that_is_not_understood_is_refused(string line, string said)
    {
        Assert.Null(PlcArguments.Parse(line.Split(' '), out var error));
        Assert.Equal(said, error);
    }

    [Fact]
    public void A_serial_port_may_have_its_settings_behind_it()
    {
        var bare = PlcArguments.Parse(["--serial", "/dev/x", "--unit", "7"], out _);
        var full = PlcArguments.Parse(["--serial", "/dev/x", "9600 8N2", "--unit", "7"], out _);

        Assert.Equal(("/dev/x", "19200 8E1", (byte)7), (bare?.SerialPort, bare?.SerialSettings, bare?.Unit));
        Assert.Equal(("/dev/x", "9600 8N2", (byte)7), (full?.SerialPort, full?.SerialSettings, full?.Unit));
    }

    private static void MbpollReads(string mode, params string[] rest)
    {
        var (exitCode, said) = ForeignPeer.Run("mbpoll", ["-m", mode, "-a", "1", "-t", "3", "-0", "-r", "10", "-c", "9", "-1", .. rest]);

        Assert.True(exitCode == 0, said);
        Assert.Matches(@"\[11\]:\s+1\b", said);
        Assert.Matches(@"\[15\]:\s+17231\b", said);
    }

    private static int Heartbeat(ModbusClient client)
    {
        Assert.True(client.Read(1, ModbusTable.InputRegisters, 14, 1, out var data).IsOk);
        return (data[0] << 8) | data[1];
    }

    private bool TryRead()
    {
        try
        {
            using var link = TcpLink.Connect("127.0.0.1", _plc.TcpPort, Patience);
            var client = new ModbusClient(link, ModbusClientSettings.Tcp()) { Timeout = TimeSpan.FromSeconds(2) };
            return client.Read(1, ModbusTable.InputRegisters, 14, 1, out _).IsOk;
        }
        catch (LinkBrokenException)
        {
            return false;
        }
    }
}
