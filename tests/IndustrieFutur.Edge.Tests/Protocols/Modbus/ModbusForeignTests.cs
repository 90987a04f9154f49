using System.Buffers.Binary;
using System.Globalization;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>Our client against servers that others wrote: what our own server would forgive, they do not.</summary>
public sealed class ModbusForeignTests : IDisposable
{
    private const int Registers = 100;
    private const int Reads = 300;

    private readonly string _folder = Directory.CreateTempSubdirectory("modbus-foreign-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(SerialImplementation.Posix)]
    [InlineData(SerialImplementation.Portable)]
    public void Every_value_of_a_libmodbus_slave_is_read_over_a_pseudo_terminal(SerialImplementation implementation)
    {
        var (ours, theirs) = (Path.Combine(_folder, "ours"), Path.Combine(_folder, "theirs"));
        using var cable = ForeignPeer.Cable(ours, theirs);
        using var slave = ForeignPeer.Start(ForeignPeer.Compiled("libmodbus_slave"), "rtu", theirs);
        Assert.True(SerialSettings.TryParse("115200 8N1", out var settings, out _));
        using var link = SerialLinks.Open(settings with { Port = ours }, implementation);

        ReadEveryValue(new ModbusClient(link, ModbusClientSettings.Rtu(115_200)) { Timeout = TimeSpan.FromSeconds(2) });

        Assert.Equal(Reads + 1, int.Parse(slave.Stop(), CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_value_of_a_libmodbus_slave_is_read_over_tcp()
    {
        var port = ForeignPeer.FreePort();
        using var slave = ForeignPeer.Start(ForeignPeer.Compiled("libmodbus_slave"), "tcp", $"{port}");
        using var link = TcpLink.Connect("127.0.0.1", port, TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);

        ReadEveryValue(new ModbusClient(link, ModbusClientSettings.Tcp()) { Timeout = TimeSpan.FromSeconds(2) });

        Assert.Equal(Reads + 1, int.Parse(slave.Stop(), CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_pymodbus_server_is_read_in_every_table_and_says_who_it_is()
    {
        var port = ForeignPeer.FreePort();
        using var server = ForeignPeer.Start(ForeignPeer.Python, ForeignPeer.Script("pymodbus_server.py"), $"{port}");
        using var link = Connect(port);
        var client = new ModbusClient(link, ModbusClientSettings.Tcp()) { Timeout = TimeSpan.FromSeconds(2) };
        var objects = new Dictionary<byte, string>();

        Assert.True(client.ReadIdentification(1, ModbusIdentification.Regular, 0, objects).IsOk);
        Assert.True(client.Read(1, ModbusTable.Coils, 0, 10, out var data).IsOk);
        Assert.Equal("49 02", Hex.Text(data));
        Assert.True(client.Read(1, ModbusTable.DiscreteInputs, 3, 8, out data).IsOk);
        Assert.Equal("49", Hex.Text(data));
        Assert.True(client.Read(1, ModbusTable.InputRegisters, 20, 2, out data).IsOk);
        Assert.Equal("00 14 00 15", Hex.Text(data));
        Assert.True(client.WriteCoil(1, 1, true).IsOk);
        Assert.True(client.WriteCoils(1, 4, [true, true]).IsOk);
        Assert.True(client.Read(1, ModbusTable.Coils, 0, 8, out data).IsOk);
        Assert.Equal("7B", Hex.Text(data));

        Assert.Equal(
            ["Foreign Works", "FW-7", "3.2.1", "https://foreign.example", "Line controller", "FW-7/B", "Packing"],
            objects.OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    private static TcpLink Connect(int port)
    {
        // It says it is ready a moment before it listens.
        TcpLink? link = null;
        Assert.True(SpinWait.SpinUntil(() => (link = TryConnect(port)) is not null, TimeSpan.FromSeconds(20)), "the server does not listen");
        return link!;
    }

    private static TcpLink? TryConnect(int port)
    {
        try
        {
            return TcpLink.Connect("127.0.0.1", port, TimeSpan.FromSeconds(2));
        }
        catch (LinkBrokenException)
        {
            return null;
        }
    }

    private static void ReadEveryValue(ModbusClient client)
    {
        for (var read = 0; read < Reads; read++)
        {
            Assert.True(client.Read(1, ModbusTable.HoldingRegisters, 0, Registers, out var data).IsOk);
            for (var register = 0; register < Registers; register++)
            {
                Assert.Equal(read, BinaryPrimitives.ReadUInt16BigEndian(data[(2 * register)..]));
            }
        }

        WriteInEveryWay(client);
        Assert.Equal(0, client.StrayBytes);
        Assert.Equal(0, client.CrcErrors);
    }

    private static void WriteInEveryWay(ModbusClient client)
    {
        Assert.True(client.WriteRegister(1, 7, 0x12).IsOk);
        Assert.True(client.MaskWriteRegister(1, 7, 0xF2, 0x25).IsOk);
        Assert.True(client.WriteRegisters(1, 8, [1, 2, 3]).IsOk);
        Assert.True(client.ReadWriteRegisters(1, 7, 4, 9, [0xABCD], out var data).IsOk);
        Assert.Equal("00 17 00 01 AB CD 00 03", Hex.Text(data));
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, client.Read(1, ModbusTable.HoldingRegisters, Registers, 1, out _).Exception);
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, client.Read(1, ModbusTable.Coils, 0, 1, out _).Exception);
        Assert.True(client.Read(1, ModbusTable.HoldingRegisters, 7, 1, out data).IsOk);
        Assert.Equal("00 17", Hex.Text(data));
    }
}
