using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The service killed (-9) again and again at random moments, its start included, with the broker down every other time. Its sampler goes on:
/// what that has read, the store has once; and after each kill the ledger in the data folder agrees with the store.
/// </summary>
public sealed class SpoolKillProof
{
    private const int Registers = 10;
    private const int Seed = 6;

    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(60);

    private static int Rounds => Proof.Length(int.Parse(Environment.GetEnvironmentVariable("EDGE_SPOOL_KILLS") ?? "200", CultureInfo.InvariantCulture), 6);

    [Fact]
    [Trait("Proof", "spool-kill")]
    public async Task A_service_that_is_killed_at_random_moments_loses_and_doubles_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var mosquitto = await Mosquitto.StartProcessAsync(cancellation);
        using var workplace = new Workplace();
        var port = FreePort.Next();
        using var slave = ForeignSlave.Start(cancellation, "tcp", port.ToString(CultureInfo.InvariantCulture));
        var httpPort = FreePort.Next();
        var file = workplace.Write(Written(port, mosquitto.Port, httpPort));
        var random = new Random(Seed);
        var (goneOn, compared) = (0, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            if (round % 2 == 1)
            {
                mosquitto.Kill();
            }

            var errors = await KillAsync(workplace, file, TimeSpan.FromMilliseconds(random.Next(600, 3_000)), cancellation);
            goneOn += errors.Contains("in the ring that it had taken", StringComparison.Ordinal) ? 1 : 0;
            compared = Verify(workplace, file, $"after kill {round + 1}", isLive: false);
            if (round % 2 == 1)
            {
                await mosquitto.RestartAsync(cancellation);
            }
        }

        await VerifyRunningAsync(workplace, file, httpPort, compared, cancellation);
        using var last = EdgeProcess.Start(workplace.Folder, "run", file, "--for", "2s", "--json");
        var exitCode = last.WaitForExit(EndMax);
        Assert.True(exitCode == 0, $"exit {exitCode}: {last.Output} {last.Errors}");
        Verify(workplace, file, "at the end", isLive: false);
        var samples = Judge(last.Ledger(), StoredRows.Read(workplace.PathOf("data")));

        Assert.InRange(goneOn, 1, Rounds);
        Proof.Say($"{Rounds} kills, {Rounds / 2} of them without a broker, {goneOn} of them found by the next service in the ring: {samples} samples read, each stored once, 0 lost; balanced, settled; `ifedge ledger verify --store` agreed after each kill and beside the running service");
    }

    /// <summary>The service alone: what it has started, its sampler, lives on. Returns what it said.</summary>
    private static async Task<string> KillAsync(Workplace workplace, string file, TimeSpan life, CancellationToken cancellation)
    {
        // Disposing would end its sampler too, had it not ended by itself before.
        using var edge = EdgeProcess.Start(workplace.Folder, "run", file);
        await Task.Delay(life, TimeProvider.System, cancellation);
        Assert.False(edge.HasExited, edge.Errors);
        using var victim = Process.GetProcessById(edge.Id);
        victim.Kill();
        await victim.WaitForExitAsync(cancellation);
        return edge.Errors;
    }

    /// <summary>The real verb must agree; returns how many samples it has compared.</summary>
    private static long Verify(Workplace workplace, string file, string when, bool isLive)
    {
        using var verb = EdgeProcess.Start(workplace.Folder, "ledger", "verify", file, "--store", "--json");
        var exitCode = verb.WaitForExit(EndMax);
        var ledger = verb.Output.Length > 0 ? verb.Ledger() : [];

        // A service that was killed in its first moments has made no spool, or no store, yet.
        var isFirst = !File.Exists(workplace.PathOf("data/historian-h1.db")) || !Directory.Exists(workplace.PathOf("data/spool"));
        Assert.True(exitCode == 0 || isFirst, $"{when}: exit {exitCode}: {ledger["findings"]?.ToJsonString()} {verb.Errors} {ledger["total"]?.ToJsonString()}");
        if (isFirst)
        {
            return 0;
        }

        Assert.True(ledger["total"]!["refused"]!.GetValue<long>() == 0, $"{when}: {ledger["total"]!.ToJsonString()}");
        Assert.Equal(isLive ? "service" : "folder", ledger["from"]!.GetValue<string>());
        return ledger["stores"]!["h1"]!["compared"]!.GetValue<long>();
    }

    /// <summary>Beside a service that stores meanwhile: the verb compares up to a moment, not to what moves.</summary>
    private static async Task VerifyRunningAsync(Workplace workplace, string file, int httpPort, long stored, CancellationToken cancellation)
    {
        using var edge = EdgeProcess.Start(workplace.Folder, "run", file);
        var numbers = new MetricsPage(httpPort, edge);
        await numbers.GrowsAsync("ifedge_samples_stored", EndMax, cancellation);
        Assert.InRange(Verify(workplace, file, "while the service runs", isLive: true), Math.Max(stored, 1), long.MaxValue);
        edge.Terminate();
        Assert.Equal(0, edge.WaitForExit(EndMax));
    }

    /// <summary>Each register counts up once a read: what the store has is 0, 1, 2 and so on, as far as was read.</summary>
    private static long Judge(JsonObject ledger, Dictionary<string, IReadOnlyList<double>> rows)
    {
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>(), ledger.ToJsonString());
        var samples = 0L;
        for (var register = 0; register < Registers; register++)
        {
            var entry = ledger["signals"]![$"plc/r{register}"]!;
            var produced = entry["produced"]!.GetValue<long>();
            Assert.True(produced == entry["stored"]!.GetValue<long>(), entry.ToJsonString());
            var found = rows[$"plc/r{register}"];
            var missing = Enumerable.Range(0, (int)produced).Select(value => (double)value).Except(found).ToArray();
            Assert.True(missing.Length == 0 && found.Count == produced, $"r{register}: {produced} read, {found.Count} stored, missing {missing.Length} ({string.Join(' ', missing.Take(10))})");
            samples += produced;
        }

        return samples;
    }

    private static JsonObject Written(int slavePort, int brokerPort, int httpPort)
    {
        var device = Configurations.Registers(Configurations.Tcp(slavePort), Registers, "10ms");
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{brokerPort}", Configurations.Embedded(), httpPort);

        // A thousand samples a second, and a busy machine needs longer to start than some lives last: the ring holds four minutes.
        cell["sampling"] = new JsonObject { ["sampler"] = "isolated", ["ringSamples"] = 262_144 };
        return cell;
    }
}
