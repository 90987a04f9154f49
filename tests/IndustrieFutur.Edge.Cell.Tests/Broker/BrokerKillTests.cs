using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Broker;

/// <summary><c>ifedge broker</c> killed (-9): what it retained is there again; its sessions are not, and that costs nobody a sample.</summary>
public sealed class BrokerKillTests : IDisposable
{
    private const int Registers = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Workplace _workplace = new();
    private readonly int _brokerPort = FreePort.Next();
    private readonly int _httpPort = FreePort.Next();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Port => _brokerPort.ToString(CultureInfo.InvariantCulture);

    private string RetainedFile => _workplace.PathOf("data/broker-retained.jsonl");

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Every_retained_message_that_was_acknowledged_is_there_again()
    {
        var file = WriteCell(FreePort.Next());
        using (await BrokerAsync(file))
        {
            foreach (var (topic, text) in new[] { ("a/1", "old"), ("a/2", "two"), ("a/3", "gone"), ("a/1", "new"), ("a/3", "") })
            {
                await PublishAsync(topic, text);
            }
        }

        using var again = await BrokerAsync(file);

        Assert.Equal(["a/1 new", "a/2 two"], await RetainedAsync());
        Assert.False(OperatingSystem.IsLinux() && (File.GetUnixFileMode(RetainedFile) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0);
    }

    [Fact]
    public async Task A_damaged_file_is_told_set_aside_and_costs_what_is_damaged()
    {
        var file = WriteCell(FreePort.Next());
        using (await BrokerAsync(file))
        {
            await PublishAsync("a/1", "one");
            await PublishAsync("a/2", "two");
        }

        var bytes = await File.ReadAllBytesAsync(RetainedFile, Cancellation);
        bytes[^10] ^= 1;
        await File.WriteAllBytesAsync(RetainedFile, bytes, Cancellation);
        using var again = await BrokerAsync(file);

        Assert.Equal(["a/1 one"], await RetainedAsync());
        await Until.TrueAsync("its word", Limit, () => again.Errors.Contains($"set aside as {RetainedFile}.damaged", StringComparison.Ordinal), Cancellation);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(RetainedFile + ".damaged", Cancellation));
    }

    [Fact]
    public async Task What_waited_for_a_client_that_was_away_is_gone_with_the_process()
    {
        string[] persistent = ["-p", Port, "-q", "1", "-t", "b/#", "-v", "-C", "1", "-W", "1", "-i", "away", "-c"];
        var file = WriteCell(FreePort.Next());
        using (await BrokerAsync(file))
        {
            await BrokerScene.RunAsync("mosquitto_sub", persistent);
            await BrokerScene.RunAsync("mosquitto_pub", ["-p", Port, "-q", "1", "-t", "b/1", "-m", "first"]);
            Assert.Equal("b/1 first\n", (await BrokerScene.RunAsync("mosquitto_sub", persistent)).Output);
            await BrokerScene.RunAsync("mosquitto_pub", ["-p", Port, "-q", "1", "-t", "b/1", "-m", "second"]);
        }

        using var again = await BrokerAsync(file);

        Assert.Equal("", (await BrokerScene.RunAsync("mosquitto_sub", persistent)).Output);
    }

    [Fact]
    public async Task A_broker_killed_while_the_historian_is_away_costs_no_sample()
    {
        var slavePort = FreePort.Next();
        using var slave = ForeignSlave.Start(Cancellation, "tcp", slavePort.ToString(CultureInfo.InvariantCulture));
        var file = WriteCell(slavePort, withUsers: true);
        var first = await BrokerAsync(file);
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", file, "--json");
        using (first)
        {
            using (EdgeProcess.Start(_workplace.Folder, "historian", file))
            {
                await UntilAsync("the first samples to be stored", (_, stored) => stored > 200);
            }

            // The historian is gone, and the broker has acknowledged samples to the edge that nobody has: now it goes too.
            await UntilMoreAsync("samples that only the broker has seen");
        }

        using var second = await BrokerAsync(file);
        await UntilMoreAsync("samples after the broker's return");
        using var historian = EdgeProcess.Start(_workplace.Folder, "historian", file);
        var produced = await ProducedAsync();
        await UntilAsync("all of them to be stored", (_, stored) => stored >= produced);
        edge.Terminate();
        Assert.True(edge.WaitForExit(Limit) == 0, edge.Errors);
        historian.Terminate();
        Assert.True(historian.WaitForExit(Limit) == 0, historian.Errors);

        var rows = StoredRows.Read(_workplace.PathOf("data"));
        Assert.Equal(Registers, rows.Count);
        Assert.InRange(rows.Values.Sum(values => (long)values.Count), produced, long.MaxValue);
        Assert.All(rows.Values, values => Assert.Equal(Enumerable.Range(0, values.Count).Select(value => (double)value), values));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_and_ends_with_4()
    {
        var file = WriteCell(FreePort.Next());
        using var first = await BrokerAsync(file);
        var other = WriteCell(FreePort.Next(), data: "other");

        using var second = EdgeProcess.Start(_workplace.Folder, "broker", other);

        Assert.Equal(4, second.WaitForExit(Limit));
        Assert.Contains($"ifedge: The broker cannot listen on 127.0.0.1:{_brokerPort}", second.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_broker_on_the_same_data_is_refused_and_a_stop_ends_with_0()
    {
        var file = WriteCell(FreePort.Next());
        using var first = await BrokerAsync(file);
        using var second = EdgeProcess.Start(_workplace.Folder, "broker", file);

        Assert.Equal(7, second.WaitForExit(Limit));
        first.Terminate();
        Assert.Equal(0, first.WaitForExit(Limit));
    }

    private async Task<EdgeProcess> BrokerAsync(string file)
    {
        var broker = EdgeProcess.Start(_workplace.Folder, "broker", file);
        await Until.TrueAsync("the broker to listen", Limit, () => broker.HasExited || broker.Errors.Contains("Le broker écoute sur", StringComparison.Ordinal), Cancellation);
        Assert.False(broker.HasExited, broker.Errors);
        return broker;
    }

    private async Task PublishAsync(string topic, string text)
    {
        string[] message = text.Length > 0 ? ["-m", text] : ["-n"];
        var run = await BrokerScene.RunAsync("mosquitto_pub", ["-p", Port, "-q", "1", "-r", "-t", topic, .. message]);
        Assert.True(run.ExitCode == 0, run.Errors);
    }

    private async Task<string[]> RetainedAsync()
    {
        var run = await BrokerScene.RunAsync("mosquitto_sub", ["-p", Port, "-t", "#", "-v", "-W", "2", "--retained-only"]);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private async Task UntilMoreAsync(string what)
    {
        var produced = await ProducedAsync();
        await UntilAsync(what, (now, _) => now > produced + 500);
    }

    private async Task<long> ProducedAsync() => (await TotalAsync(Cancellation))!.Value.Produced;

    /// <summary>Waits until produced and stored, all signals together, are as is asked.</summary>
    private Task UntilAsync(string what, Func<long, long, bool> holds) =>
        Until.TrueAsync(what, Limit, async stop => await TotalAsync(stop) is (var produced, var stored) && holds(produced, stored), Cancellation);

    private async Task<(long Produced, long Stored)?> TotalAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = Limit };
        try
        {
            var total = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/ledger"), cancellation))!["total"]!;
            return (total["produced"]!.GetValue<long>(), total["stored"]!.GetValue<long>());
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return null;
        }
    }

    /// <summary>A cell whose broker and historian each have a process of their own.</summary>
    private string WriteCell(int slavePort, string data = "data", bool withUsers = false)
    {
        var historians = new JsonObject { ["h1"] = new JsonObject { ["store"] = "embedded", ["apart"] = true } };
        var cell = Configurations.Cell(Configurations.Registers(Configurations.Tcp(slavePort), Registers, "20ms"), $"mqtt://127.0.0.1:{_brokerPort}", historians, _httpPort);
        cell["data"] = data;
        cell["broker"] = new JsonObject { ["port"] = _brokerPort, ["apart"] = true };
        if (withUsers)
        {
            AddUsers(cell);
        }

        return _workplace.Write(cell);
    }

    /// <summary>The edge and the historian log in each by its own name, with what that name may do and no more.</summary>
    private void AddUsers(JsonObject cell)
    {
        File.WriteAllText(_workplace.PathOf("edge-password"), "edge's");
        File.WriteAllText(_workplace.PathOf("historian-password"), "historian's");
        (cell["sinks"]!["site"]!["user"], cell["sinks"]!["site"]!["password"]) = ("cell1", "file:edge-password");
        (cell["historians"]!["h1"]!["brokerUser"], cell["historians"]!["h1"]!["brokerPassword"]) = ("historian", "file:historian-password");
        cell["broker"]!["users"] = new JsonObject
        {
            ["cell1"] = new JsonObject
            {
                ["password"] = "file:edge-password",
                ["publish"] = new JsonArray("edge/v1/proof/%u/#"),
                ["subscribe"] = new JsonArray("edge/v1/proof/%u/stored/+", "edge/v1/proof/%u/replay/+"),
            },
            ["historian"] = new JsonObject { ["password"] = "file:historian-password", ["historian"] = true },
        };
    }
}
