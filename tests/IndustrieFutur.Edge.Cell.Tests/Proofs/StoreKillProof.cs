using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>VictoriaMetrics killed (-9) in the moment of its 2xx, again and again: what it acknowledged and lost is written again, and nothing is missing.</summary>
public sealed class StoreKillProof
{
    private const int Registers = 10;
    private const string WrittenAgain = "lost what it had not made durable";

    /// <summary>A store that was started anew is given nothing for two seconds, and confirmed every two; the rest is for a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int Rounds => Proof.Length(20, 3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "store-kill")]
    public async Task A_store_that_loses_what_it_acknowledged_is_given_it_again()
    {
        await using var victoria = await VictoriaMetrics.StartProcessAsync(Cancellation);
        using var relay = new StoreRelay(victoria.Url);
        using var machine = new ModbusTcpListener(new CountingRegisters(), 1, new IPEndPoint(IPAddress.Loopback, 0));
        using var workplace = new Workplace();
        var httpPort = FreePort.Next();
        using var edge = EdgeProcess.Start(workplace.Folder, "run", workplace.Write(Configuration(machine, relay, httpPort)));
        var numbers = new MetricsPage(httpPort, edge);
        for (var round = 0; round < Rounds; round++)
        {
            await numbers.GrowsAsync("ifedge_samples_stored", Patience, Cancellation);
            relay.AtNextWrite(victoria.Kill);
            await Until.TrueAsync("the store to acknowledge samples, and die", Patience, () => !relay.IsArmed, Cancellation);
            await victoria.RestartAsync(Cancellation);
        }

        await numbers.GrowsAsync("ifedge_samples_stored", Patience, Cancellation);
        machine.Dispose();
        var ledger = await numbers.SettlesAsync(Patience, Cancellation);
        edge.Terminate();
        var exitCode = edge.WaitForExit(Patience);
        Assert.True(exitCode == 0, $"exit {exitCode}: {edge.Errors}");

        // What is confirmed lies on the disk: one more kill takes nothing back.
        victoria.Kill();
        await victoria.RestartAsync(Cancellation);
        var samples = Judge(ledger, await victoria.ReadAllAsync(Cancellation));
        var again = edge.Errors.Split('\n').Count(line => line.Contains(WrittenAgain, StringComparison.Ordinal));
        Assert.True(again >= Rounds, $"{again} times something was written again in {Rounds} rounds: {edge.Errors}");
        Proof.Say($"{Rounds} kills (-9) of VictoriaMetrics right after a 2xx: {samples} samples produced, all of them in the store, each once; {again} times something was written again");
    }

    private static JsonObject Configuration(ModbusTcpListener machine, StoreRelay relay, int httpPort)
    {
        var brokerPort = FreePort.Next();
        var historians = new JsonObject { ["victoria"] = new JsonObject { ["store"] = "victoria", ["url"] = relay.Url } };
        var device = Configurations.Registers(Configurations.Tcp(machine.EndPoint.Port), Registers, "20ms");
        return Configurations.WithBroker(Configurations.Cell(device, $"mqtt://127.0.0.1:{brokerPort}", historians, httpPort), brokerPort);
    }

    /// <summary>Every signal: as many samples in the store as the ledger has, and its values count on by one. Returns how many samples that are.</summary>
    private static long Judge(JsonObject ledger, IReadOnlyList<StoredPoint> points)
    {
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>(), ledger["total"]!.ToJsonString());
        Assert.Equal(0, ledger["total"]!["dropped"]!.GetValue<long>());
        var stored = points.GroupBy(point => point.Key).ToDictionary(group => group.Key, group => group.OrderBy(point => point.UtcNanos).ToArray());
        var samples = 0L;
        for (var register = 0; register < Registers; register++)
        {
            var key = $"plc/r{register}";
            var produced = ledger["signals"]![key]!["produced"]!.GetValue<long>();
            Assert.True(stored[key].Length == produced, $"{key}: {produced} produced, {stored[key].Length} in the store");
            var values = stored[key].Where(point => point.Value is not null).Select(point => point.Number).ToArray();
            Assert.Equal(Enumerable.Range(0, values.Length).Select(value => (double)value), values);
            samples += produced;
        }

        return samples;
    }
}
