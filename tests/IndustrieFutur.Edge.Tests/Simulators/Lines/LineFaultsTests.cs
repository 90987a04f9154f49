using System.Net;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Simulators.Lines;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Tests.Simulators.Lines;

/// <summary>What a scenario makes wrong with a line is met by a client as it would meet it on a real one, and is over when it is taken away.</summary>
public sealed class LineFaultsTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private readonly DeviceScene _scene;
    private readonly ModbusClient _client;

    public LineFaultsTests()
    {
        _scene = new DeviceScene(new ConveyorPlc(seed: 1), ModbusLines.Of(new ConveyorPlc(seed: 1), 1));
        _client = new ModbusClient(_scene.OpenPty(), ModbusClientSettings.Rtu(115_200)) { Timeout = Long };
        Assert.True(Read(_client));
    }

    private LineFaults Faults => _scene.Lines.Faults;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void A_cable_that_is_out_is_silence_and_the_serial_line_goes_on_when_it_is_back()
    {
        Faults.IsCableOut = true;
        _client.Timeout = Short;
        var isOut = Read(_client);
        Faults.IsCableOut = false;
        _client.Timeout = Long;

        Assert.False(isOut);
        Assert.True(Read(_client));
    }

    [Fact]
    public void A_connection_does_not_outlive_a_cable_that_was_out_and_the_next_one_works()
    {
        _scene.Lines.OpenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        using var link = TcpLink.Connect("127.0.0.1", _scene.Lines.TcpPort, Long, TestContext.Current.CancellationToken);
        var client = new ModbusClient(link, ModbusClientSettings.Tcp()) { Timeout = Long };
        Assert.True(Read(client));
        Faults.IsCableOut = true;
        client.Timeout = Short;
        Assert.False(Read(client));
        Faults.IsCableOut = false;

        client.Timeout = Long;
        Assert.Throws<LinkBrokenException>(() => Read(client));
        using var second = TcpLink.Connect("127.0.0.1", _scene.Lines.TcpPort, Long, TestContext.Current.CancellationToken);
        Assert.True(Read(new ModbusClient(second, ModbusClientSettings.Tcp()) { Timeout = Long }));
    }

    [Fact]
    public void Spoilt_and_cut_messages_are_those_whose_turn_it_is()
    {
        var crcErrors = _client.CrcErrors;
        Faults.CorruptOneIn = 2;
        var spoilt = ReadFour();
        Faults.Clear();
        Faults.CutOneIn = 2;
        var cut = ReadFour();
        Faults.Clear();

        Assert.Equal(2, spoilt.Count(isRead => !isRead));
        Assert.Equal(2, cut.Count(isRead => !isRead));
        Assert.True(_client.CrcErrors > crcErrors);
        _client.Timeout = Long;
        Assert.True(Read(_client));
    }

    [Fact]
    public void Noise_comes_before_the_message_and_nothing_is_wrong_with_it()
    {
        var link = _scene.OpenPty();
        Faults.NoiseBytes = 7;
        link.Write(Convert.FromHexString("010300000001840A"));

        var answer = Protocols.Serial.SerialLine.ReadExactly(link, 7 + 7);

        Assert.Equal(Convert.FromHexString("010302437A094D").AsSpan(0, 5), answer.AsSpan(7, 5));
        Assert.Equal(0, ModbusCrc.Of(answer.AsSpan(7)));
        Assert.All(answer[..7], value => Assert.NotEqual(1, value));
    }

    [Fact]
    public void A_slow_answer_comes_after_its_delay()
    {
        Faults.Delay = TimeSpan.FromMilliseconds(300);
        var started = LinkClock.NowNanos();

        var isRead = Read(_client);

        Assert.True(isRead);
        Assert.True(LinkClock.NowNanos() - started >= 290_000_000);
        _client.Timeout = Short;
        Assert.False(Read(_client));
    }

    private static bool Read(ModbusClient client) => client.Read(1, ModbusTable.InputRegisters, 10, 2, out _).IsOk;

    private bool[] ReadFour()
    {
        _client.Timeout = Short;
        return [Read(_client), Read(_client), Read(_client), Read(_client)];
    }
}
