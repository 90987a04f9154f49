using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App;

namespace IndustrieFutur.Edge.Tests.App.OpcUa.Probe;

/// <summary>What <c>ifedge probe</c> says where no OPC UA server is to be had: the broken rung, its next step, what was not tried, the exit code.</summary>
public sealed class ProbeVerbTests : IDisposable
{
    private const uint BadTcpEndpointUrlInvalid = 0x80830000;

    private readonly string _data = Directory.CreateTempSubdirectory("edge-probe-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData(new[] { "probe" }, "ifedge: ")]
    [InlineData(new[] { "probe", "http://plc" }, "ifedge: The endpoint begins with http://; only opc.tcp:// is spoken here")]
    [InlineData(new[] { "probe", "opc.tcp://plc", "--policy", "Basic128Rsa15" }, "ifedge: ")]
    [InlineData(new[] { "probe", "opc.tcp://plc", "--user", "me" }, "ifedge: --user needs --password-from env:NAME or file:path")]
    [InlineData(new[] { "probe", "opc.tcp://plc", "--user", "me", "--password-from", "secret" }, "ifedge: a secret is never written here")]
    [InlineData(new[] { "probe", "opc.tcp://plc", "--user", "me", "--password-from", "env:EDGE_TEST_NOT_SET" }, "ifedge: the password of the user me cannot be had: the environment variable EDGE_TEST_NOT_SET is not set")]
    [InlineData(new[] { "probe", "opc.tcp://plc", "--password-from", "env:HOME" }, "ifedge: --password-from needs the --user or the --certificate")]
    [InlineData(new[] { "probe", "opc.tcp://plc", "--certificate", "/nowhere.pem" }, "ifedge: The user certificate /nowhere.pem cannot be read")]
    public async Task A_wrong_command_line_ends_2_before_anything_is_opened(string[] args, string expected)
    {
        var (code, output, error) = await RunAsync([.. args, "--data", _data]);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_ends_4_at_the_address()
    {
        var (code, rungs, notTried, text) = await ProbeAsync("opc.tcp://robot.invalid:4840");

        Assert.Equal((4, "address FAIL"), (code, rungs));
        Assert.Equal("network protocol endpoints security trust session namespaces server read subscription", notTried);
        Assert.Contains("robot.invalid", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_ends_4_at_the_network()
    {
        var (code, rungs, _, text) = await ProbeAsync($"opc.tcp://127.0.0.1:{ClosedPort()}");

        Assert.Equal((4, "address ok, network FAIL"), (code, rungs));
        Assert.Contains("127.0.0.1 is there, but nothing listens on TCP port", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_after_the_connection_ends_6_at_the_protocol()
    {
        using var peer = new ScriptedPeer(null);

        var (code, rungs, _, text) = await ProbeAsync(peer.Endpoint, "--timeout", "200ms");

        Assert.Equal((6, "address ok, network ok, protocol FAIL"), (code, rungs));
        Assert.Contains("nobody answers an OPC UA Hello within 0.2 s", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_server_is_recognised()
    {
        using var peer = new ScriptedPeer(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"));

        var (code, rungs, _, text) = await ProbeAsync(peer.Endpoint);

        Assert.Equal((4, "address ok, network ok, protocol FAIL"), (code, rungs));
        Assert.Contains("a web server answers on this port", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "hangs up")]
    [InlineData("15030100020228", "something else than OPC UA answers on this port (it begins with 15030100020228)")]
    [InlineData("41434B46FFFFFFFF", "something else than OPC UA")]
    [InlineData("41434B4608000000", "something else than OPC UA")]
    [InlineData("4552524608000000", "something else than OPC UA")]
    public async Task What_is_no_OPC_UA_ends_4_at_the_protocol(string answer, string expected)
    {
        using var peer = new ScriptedPeer(Convert.FromHexString(answer));

        var (code, rungs, _, text) = await ProbeAsync(peer.Endpoint);

        Assert.Equal((4, "address ok, network ok, protocol FAIL"), (code, rungs));
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_s_own_words_are_told_without_what_moves_a_cursor()
    {
        using var peer = new ScriptedPeer(Error(BadTcpEndpointUrlInvalid, "no such\u001b[2J path"));

        var (code, rungs, _, text) = await ProbeAsync(peer.Endpoint);

        Assert.Equal((4, "address ok, network ok, protocol FAIL"), (code, rungs));
        Assert.Contains("BadTcpEndpointUrlInvalid", text, StringComparison.Ordinal);
        Assert.Contains("under another path", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Theory]
    [InlineData(true, 6, "--timeout")]
    [InlineData(false, 4, "the other side ends the connection at this step")]
    public async Task A_server_that_falls_silent_is_told_from_one_that_hangs_up(bool staysOn, int expectedCode, string expected)
    {
        using var peer = new ScriptedPeer(Convert.FromHexString("41434B461C000000" + "00000000" + "00000100" + "00000100" + "00000000" + "00000000"), staysOn);

        var (code, rungs, _, text) = await ProbeAsync(peer.Endpoint, "--timeout", "500ms");

        Assert.Equal((expectedCode, "address ok, network ok, protocol ok, endpoints FAIL"), (code, rungs));
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lines_for_a_person_say_the_next_step_and_what_was_not_tried()
    {
        var (code, output, _) = await RunAsync("probe", $"opc.tcp://127.0.0.1:{ClosedPort()}", "--data", _data);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, code);
        Assert.StartsWith("ok       address", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("FAIL     network", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.TrimStart().StartsWith("next: ", StringComparison.Ordinal));
        Assert.Equal("not tried: protocol, endpoints, security, trust, session, namespaces, server, read, subscription", lines[^1]);
    }

    private static byte[] Error(uint status, string reason)
    {
        var words = Encoding.UTF8.GetBytes(reason);
        var bytes = new byte[16 + words.Length];
        Encoding.ASCII.GetBytes("ERRF", bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), status);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), words.Length);
        words.CopyTo(bytes, 16);
        return bytes;
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Exit code, "rung verdict" of each rung tried, those not tried, and the whole text.</summary>
    private async Task<(int Code, string Rungs, string NotTried, string Text)> ProbeAsync(params string[] args)
    {
        var (code, output, _) = await RunAsync(["probe", .. args, "--data", _data, "--json"]);
        var json = JsonNode.Parse(output)!;
        Assert.Equal(code, (int)json["exitCode"]!);
        return (
            code,
            string.Join(", ", json["rungs"]!.AsArray().Select(rung => $"{rung!["rung"]} {rung["verdict"]}")),
            string.Join(' ', json["notTried"]!.AsArray()),
            string.Join('\n', json["rungs"]!.AsArray().Select(rung => $"{rung!["text"]}\n{rung["next"]}")));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
