using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Tests.App.Configuration;

namespace IndustrieFutur.Edge.Tests.App.Verbs;

/// <summary>A run that cannot begin says why and leaves nothing behind, least of all in the machine's memory.</summary>
public sealed class RunVerbTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();
    private readonly string _file;

    public RunVerbTests() => _file = _folder.File;

    private string Data => Path.Combine(Path.GetDirectoryName(_file)!, "data");

    private string Block => SamplerPlan.BlockOf(Data);

    public void Dispose()
    {
        File.Delete(Block);
        File.Delete(SamplerPlan.FileOf(Block));
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8088)]
    public async Task A_file_in_the_place_of_the_data_folder_is_no_mistake_of_the_program(int http)
    {
        File.WriteAllText(Data, "in the way");
        Write("\"url\": \"mqtt://127.0.0.1:1\"", "", http);

        var (code, error) = await RunAsync();

        Assert.Equal(4, code);
        Assert.Contains($"the data folder {Data} cannot be written", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"url\": \"mqtts://127.0.0.1:1\", \"caFile\": \"nope\"")]
    [InlineData("\"url\": \"mqtts://127.0.0.1:1\", \"certificateFile\": \"nope\", \"keyFile\": \"nope\"")]
    [InlineData("\"url\": \"mqtt://127.0.0.1:1\", \"user\": \"me\", \"password\": \"file:nope\"")]
    public async Task What_cannot_be_had_for_a_broker_leaves_no_block_behind(string broker)
    {
        Write(broker, "");

        Assert.Equal(4, (await RunAsync()).Code);
        Assert.Equal([], Blocks());
    }

    [Theory]
    [InlineData("\"certificateFile\": \"nope\", \"keyFile\": \"nope\"")]
    [InlineData("\"users\": { \"me\": { \"password\": \"file:nope\", \"historian\": true } }")]
    public async Task What_cannot_be_had_for_our_own_broker_leaves_no_block_behind(string broker)
    {
        Write("\"url\": \"mqtt://127.0.0.1:1\"", $", \"broker\": {{ \"port\": 18833, {broker} }}");

        Assert.Equal(4, (await RunAsync()).Code);
        Assert.Equal([], Blocks());
    }

    [Fact]
    public async Task A_port_that_is_taken_leaves_no_block_behind()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Write($"\"url\": \"mqtt://127.0.0.1:{port}\"", $", \"broker\": {{ \"port\": {port} }}");

        Assert.Equal(4, (await RunAsync()).Code);
        Assert.Equal([], Blocks());
    }

    private string[] Blocks() => Directory.GetFiles(SamplerPlan.Folder, Path.GetFileName(Block) + "*");

    /// <summary>With a sampler of its own, whose memory is made before anything runs.</summary>
    private void Write(string sink, string more, int http = 0) => _folder.Write("edge.json", $$"""
        {
          "group": "g", "edge": "e",
          "devices": { "plc": { "driver": "modbus", "unit": 1, "addressBase": 0, "tcp": { "host": "127.0.0.1", "port": 1 }, "groups": { "all": { "interval": "100ms", "signals": { "s": { "address": "holding:0", "type": "u16" } } } } } },
          "sinks": { "site": { "sink": "mqtt", {{sink}}, "confirm": "puback" } },
          "sampling": { "sampler": "isolated" },
          "http": { "port": {{http}} }{{more}}
        }
        """);

    private async Task<(int Code, string Error)> RunAsync()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["run", _file], output, error);
        return (code, error.ToString());
    }
}
