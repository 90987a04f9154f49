using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>The server finds its requests among everything that passes on a line.</summary>
public sealed class ModbusServerTests : IDisposable
{
    private const string Request = "01 03 00 00 00 01 84 0A";
    private const string Answer = "01 03 02 00 07 F9 86";

    private readonly ScriptedLink _link = new();
    private readonly TableDevice _device = new();

    public ModbusServerTests() => _device[ModbusTable.HoldingRegisters][0] = 7;

    public void Dispose() => _link.Dispose();

    [Theory]
    [InlineData("FF")] // Noise.
    [InlineData("00")] // Noise that could be the start of a broadcast.
    [InlineData("02 03 00 00 00 01 84 39")] // A request to another unit.
    [InlineData("02 03 02 12 34 F1 33")] // And its answer.
    [InlineData("01 03 00 00 00 01 84 0B")] // A wrong CRC.
    public void A_request_is_found_behind_what_is_not_ours(string before)
    {
        _link.Arrive(before + Request);

        Serve(ModbusFraming.Rtu, 1);

        Assert.Equal([Answer], Written());
    }

    [Fact]
    public void A_request_in_pieces_and_one_glued_behind_it_are_both_answered()
    {
        _link.Arrive(Request[..11]);
        _link.Arrive(Request[12..] + Request);

        Serve(ModbusFraming.Rtu, 2);

        Assert.Equal([Answer, Answer], Written());
    }

    [Fact]
    public void An_unknown_function_is_refused_when_the_line_falls_silent()
    {
        _link.Arrive(Hex.Framed("01 41 12 34"));

        Serve(ModbusFraming.Rtu, 2);

        Assert.Equal([Hex.Framed("01 C1 01")], Written());
    }

    [Fact]
    public void Half_a_request_is_forgotten_when_the_line_falls_silent()
    {
        _link.Arrive("01 03 00 00");

        Serve(ModbusFraming.Rtu, 2);
        _link.Arrive(Request);
        var server = Serve(ModbusFraming.Rtu, 1);

        Assert.Equal([Answer], Written());
        Assert.Equal(1, server.Answered);
    }

    [Fact]
    public void A_broadcast_is_done_and_not_answered()
    {
        _link.Arrive(Hex.Framed("00 06 00 00 00 63"));

        Serve(ModbusFraming.Rtu, 1);

        Assert.Empty(_link.Written);
        Assert.Equal(0x63, _device[ModbusTable.HoldingRegisters][0]);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("FF")]
    [InlineData("00")]
    public void Over_tcp_a_device_answers_for_itself(string unit)
    {
        _link.Arrive($"00 01 00 00 00 06 {unit} 03 00 00 00 01");

        Serve(ModbusFraming.Tcp, 1);

        Assert.Equal([$"00 01 00 00 00 05 {unit} 03 02 00 07"], Written());
    }

    [Fact]
    public void Over_tcp_a_unit_that_is_not_there_fails_to_respond()
    {
        _link.Arrive("00 01 00 00 00 06 09 03 00 00 00 01");

        Serve(ModbusFraming.Tcp, 1);

        Assert.Equal(["00 01 00 00 00 03 09 83 0B"], Written());
    }

    [Fact]
    public void A_tcp_client_that_speaks_something_else_is_thrown_out()
    {
        _link.Arrive(Hex.Text("GET / HTTP/1.1"u8));

        Assert.Throws<LinkBrokenException>(() => Serve(ModbusFraming.Tcp, 1));
    }

    private string[] Written() => [.. _link.Written.Select(frame => Hex.Text(frame))];

    private ModbusServer Serve(ModbusFraming framing, int times)
    {
        var server = new ModbusServer(_device, framing, 1);
        for (var i = 0; i < times; i++)
        {
            server.Serve(_link, 0);
        }

        return server;
    }
}
