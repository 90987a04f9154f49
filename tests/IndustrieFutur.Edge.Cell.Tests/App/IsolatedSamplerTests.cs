using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Cell.Tests.App;

/// <summary>A service and the sampler of its data folder over kills, stops and changes: who goes on with what, and what is lost (nothing).</summary>
public sealed class IsolatedSamplerTests : IDisposable
{
    private const int Registers = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Workplace _workplace = new();
    private readonly int _slavePort = FreePort.Next();
    private readonly int _brokerPort = FreePort.Next();
    private readonly int _httpPort = FreePort.Next();
    private readonly ForeignSlave _slave;

    public IsolatedSamplerTests() => _slave = ForeignSlave.Start(Cancellation, "tcp", _slavePort.ToString(CultureInfo.InvariantCulture));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _workplace.PathOf("data");

    private string Block => SamplerPlan.BlockOf(Data);

    public void Dispose()
    {
        Kill(SamplerOf());
        File.Delete(Block);
        File.Delete(SamplerPlan.FileOf(Block));
        _slave.Dispose();
        _workplace.Dispose();
    }

    [Fact]
    public async Task A_service_that_comes_back_goes_on_with_the_sampler_that_runs_and_a_stop_ends_both()
    {
        var file = _workplace.Write(Cell("isolated"));
        using (var first = EdgeProcess.Start(_workplace.Folder, "run", file))
        {
            await SpoolsAsync(first, 50);
            Kill(first.Id);
        }

        var sampler = SamplerOf();
        using var second = EdgeProcess.Start(_workplace.Folder, "run", file, "--json");
        await SpoolsAsync(second, 100);
        var status = await StatusAsync();
        second.Terminate();
        Assert.True(second.WaitForExit(Limit) == 0, second.Errors);

        Assert.Equal((true, sampler, 0), ((bool)status["isolated"]!, (int)status["process"]!, (int)status["restarts"]!));
        Assert.Contains("still samples", second.Errors, StringComparison.Ordinal);
        Assert.True((bool)second.Ledger()["balanced"]!, $"{second.Ledger()["total"]}");
        await GoneAsync(sampler);
        Assert.False(File.Exists(Block));
    }

    [Theory]
    [InlineData("isolated")]
    [InlineData("inProcess")]
    public async Task What_the_sampler_of_another_configuration_still_held_is_taken_in(string mode)
    {
        var withoutBroker = _workplace.Write(Cell("isolated", hasBroker: false));
        using (var first = EdgeProcess.Start(_workplace.Folder, "run", withoutBroker))
        {
            await SpoolsAsync(first, 50);
            Kill(first.Id);
        }

        var sampler = SamplerOf();
        var other = _workplace.Write(Cell(mode, interval: "40ms"));
        using var second = EdgeProcess.Start(_workplace.Folder, "run", other, "--for", "3s", "--json");
        Assert.True(second.WaitForExit(TimeSpan.FromSeconds(45)) == 0, second.Errors);

        Assert.Contains("are taken in", second.Errors, StringComparison.Ordinal);
        await GoneAsync(sampler);
        AssertAllIsStored(second);
    }

    [Fact]
    public async Task A_start_that_fails_leaves_no_block_and_loses_nothing_of_the_one_that_it_found()
    {
        using (var first = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell("isolated", hasBroker: false))))
        {
            await SpoolsAsync(first, 50);
            Kill(first.Id);
        }

        var other = _workplace.Write(Cell("isolated", interval: "40ms"));
        using (var another = new TcpListener(IPAddress.Loopback, _brokerPort))
        {
            another.Start();
            using var failing = EdgeProcess.Start(_workplace.Folder, "run", other);
            Assert.True(failing.WaitForExit(Limit) == 4, failing.Errors);
            Assert.Contains("The broker cannot listen", failing.Errors, StringComparison.Ordinal);
            Assert.Contains("are taken in", failing.Errors, StringComparison.Ordinal);
            Assert.False(File.Exists(Block));
        }

        using var last = EdgeProcess.Start(_workplace.Folder, "run", other, "--for", "2s", "--json");
        Assert.True(last.WaitForExit(TimeSpan.FromSeconds(45)) == 0, last.Errors);

        AssertAllIsStored(last);
    }

    [Fact]
    public async Task What_was_taken_in_is_on_the_disk_and_comes_no_second_time_out_of_the_block_when_the_service_is_killed_too()
    {
        using (var isolated = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell("isolated", hasBroker: false))))
        {
            await SpoolsAsync(isolated, 50);
            Kill(isolated.Id);
        }

        var inProcess = _workplace.Write(Cell("inProcess", hasBroker: false));
        using (var killed = EdgeProcess.Start(_workplace.Folder, "run", inProcess))
        {
            await SpoolsAsync(killed, 200);
            Assert.False(File.Exists(Block));
            Kill(killed.Id);
        }

        using var last = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell("inProcess")), "--for", "2s", "--json");
        Assert.True(last.WaitForExit(TimeSpan.FromSeconds(45)) == 0, last.Errors);

        var ledger = last.Ledger();
        Assert.Equal((true, true, 0), ((bool)ledger["balanced"]!, (bool)ledger["settled"]!, (long)ledger["total"]!["dropped"]!));
        Assert.InRange((long)ledger["total"]!["stored"]!, 200, long.MaxValue);
        Assert.Equal((long)ledger["total"]!["stored"]!, StoredRows.Read(Data).Values.Sum(values => (long)values.Count));
    }

    [Fact]
    public async Task A_sampler_that_somebody_else_starts_waits_for_its_service_outlives_it_and_ends_with_a_stop()
    {
        var file = _workplace.Write(Cell("external"));
        using var unit = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ifedge-sampler.dll"), "--wait", Data]) { RedirectStandardError = true })!;
        using (var first = EdgeProcess.Start(_workplace.Folder, "run", file))
        {
            await SpoolsAsync(first, 50);
            Kill(first.Id);
        }

        using var second = EdgeProcess.Start(_workplace.Folder, "run", file, "--json");
        await SpoolsAsync(second, 100);
        Assert.Equal((unit.Id, 0), ((int)(await StatusAsync())["process"]!, (int)(await StatusAsync())["restarts"]!));
        second.Terminate();

        Assert.True(second.WaitForExit(Limit) == 0, second.Errors);
        Assert.True(unit.WaitForExit(Limit));
        Assert.Equal(0, unit.ExitCode);
    }

    [Fact]
    public async Task A_service_whose_sampler_nobody_starts_says_so()
    {
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell("external")));

        await Until.TrueAsync("the problem", Limit, () => edge.Errors.Contains("No sampler has come", StringComparison.Ordinal), Cancellation);

        edge.Terminate();
        Assert.Equal(0, edge.WaitForExit(Limit));
    }

    [Fact]
    public async Task A_second_sampler_is_refused()
    {
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell("isolated")));
        await SpoolsAsync(edge, 20);
        var before = SamplerOf();

        using var second = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ifedge-sampler.dll"), Data]) { RedirectStandardError = true })!;
        var words = await second.StandardError.ReadToEndAsync(Cancellation);
        Assert.True(second.WaitForExit(Limit));

        Assert.Equal(3, second.ExitCode);
        Assert.Contains("cannot sample for", words, StringComparison.Ordinal);
        Assert.Equal(before, SamplerOf());
        edge.Terminate();
        Assert.Equal(0, edge.WaitForExit(Limit));
    }

    [Fact]
    public async Task A_sampler_that_is_held_is_told_and_leaves_no_value_Good()
    {
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell("isolated")));
        await SpoolsAsync(edge, 50);
        var sampler = SamplerOf();
        Assert.True(await AreAsync("Good"));

        Signal("STOP", sampler);
        await Until.TrueAsync("the problem", Limit, async _ => (await ProblemsAsync()).Contains($"kill -CONT {sampler}", StringComparison.Ordinal), Cancellation);
        var held = await AreAsync("UncertainLastUsableValue");
        Signal("CONT", sampler);

        Assert.True(held);
        await Until.TrueAsync("good values", Limit, async _ => await AreAsync("Good") && !(await ProblemsAsync()).Contains("sampler", StringComparison.Ordinal), Cancellation);
        await Until.TrueAsync("its line", Limit, () => edge.Errors.Contains("ticks again", StringComparison.Ordinal), Cancellation);
        Assert.Equal(sampler, SamplerOf());
        edge.Terminate();
        Assert.Equal(0, edge.WaitForExit(Limit));
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("KILL")]
    public async Task What_lies_in_the_rings_of_a_sampler_that_cannot_end_by_itself_is_kept_at_a_stop(string signal)
    {
        // So slow a tick that at its end something lies in the ring of the link.
        var cell = Cell("isolated");
        cell["sampling"]!["tick"] = "500ms";
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(cell), "--json");
        await SpoolsAsync(edge, 50);
        await Until.TrueAsync("samples on the way", Limit, async stop => await OnTheWayAsync(stop) > 2 * Registers, Cancellation);

        Signal(signal, SamplerOf());
        edge.Terminate();
        Assert.True(edge.WaitForExit(Limit) == 0, edge.Errors);

        Assert.Equal((true, 0), ((bool)edge.Ledger()["balanced"]!, (long)edge.Ledger()["total"]!["onTheWay"]!));
    }

    [Fact]
    public async Task A_plan_that_somebody_removed_is_written_again()
    {
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell("isolated")));
        await SpoolsAsync(edge, 20);
        var before = SamplerOf();

        File.Delete(SamplerPlan.FileOf(Block));
        Kill(before);
        await Until.TrueAsync("another sampler", Limit, () => SamplerOf() is not 0 and var now && now != before, Cancellation);

        edge.Terminate();
        Assert.Equal(0, edge.WaitForExit(Limit));
        Assert.False(File.Exists(Block) || File.Exists(SamplerPlan.FileOf(Block)));
    }

    [Fact]
    public async Task A_block_whose_rings_are_damaged_is_left_aside()
    {
        var file = _workplace.Write(Cell("isolated", hasBroker: false));
        using (var first = EdgeProcess.Start(_workplace.Folder, "run", file))
        {
            await SpoolsAsync(first, 50);
            Kill(first.Id);
            Kill(SamplerOf());
        }

        Damage();
        using var second = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell("isolated")), "--for", "2s", "--json");

        Assert.True(second.WaitForExit(TimeSpan.FromSeconds(45)) == 0, second.Errors);
        Assert.Contains("is damaged", second.Errors, StringComparison.Ordinal);
        Assert.True((bool)second.Ledger()["balanced"]! && (bool)second.Ledger()["settled"]!);
    }

    [Fact]
    public async Task A_block_of_another_user_is_not_believed()
    {
        if (Environment.UserName != "root")
        {
            Assert.Skip("only root can give a file to another user");
        }

        var file = _workplace.Write(Cell("isolated"));
        using (var first = EdgeProcess.Start(_workplace.Folder, "run", file))
        {
            await SpoolsAsync(first, 50);
            Kill(first.Id);
            Kill(SamplerOf());
        }

        Run("chown", "65534", Block);
        using var second = EdgeProcess.Start(_workplace.Folder, "run", file, "--for", "2s", "--json");

        Assert.True(second.WaitForExit(TimeSpan.FromSeconds(45)) == 0, second.Errors);
        Assert.Contains("belongs to another user (uid 65534", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("are taken in", second.Errors, StringComparison.Ordinal);
    }

    private static void Signal(string signal, int process) => Run("kill", $"-{signal}", process.ToString(CultureInfo.InvariantCulture));

    private static void Run(string program, params string[] arguments)
    {
        using var run = Process.Start(program, arguments);
        run.WaitForExit();
        Assert.Equal(0, run.ExitCode);
    }

    /// <summary>Noise in everything but the page by which a block is known.</summary>
    private void Damage()
    {
        var bytes = File.ReadAllBytes(Block);
        new Random(5).NextBytes(bytes.AsSpan((int)SamplerJoin.BytesNeeded));
        File.WriteAllBytes(Block, bytes);
    }

    private async Task<bool> AreAsync(string quality) =>
        await AskAsync("values", Cancellation) is JsonArray values && values.Count > 0 && values.All(value => (string)value!["quality"]! == quality);

    private async Task<string> ProblemsAsync() => (await AskAsync("status", Cancellation))!["problems"]!.ToJsonString();

    private async Task<long> OnTheWayAsync(CancellationToken cancellation) => (long)(await AskAsync("ledger", cancellation))!["total"]!["onTheWay"]!;

    private static bool IsThere(int process) => Directory.Exists($"/proc/{process}");

    /// <summary>It has given everything back by then; its runtime needs a moment to end.</summary>
    private static Task GoneAsync(int process) => Until.TrueAsync("the sampler's end", Limit, () => !IsThere(process), Cancellation);

    /// <summary>Each register counts its reads: that none is missing says that none was lost, of any sampler.</summary>
    private void AssertAllIsStored(EdgeProcess last)
    {
        Assert.Equal((true, true), ((bool)last.Ledger()["balanced"]!, (bool)last.Ledger()["settled"]!));
        var rows = StoredRows.Read(Data);
        for (var register = 0; register < Registers; register++)
        {
            var values = rows[$"plc/r{register}"];
            Assert.True(values.Count > 20, $"{values.Count}");
            Assert.Equal(Enumerable.Range(0, values.Count).Select(value => (double)value), values);
        }
    }

    private static void Kill(int process)
    {
        if (process == 0 || !IsThere(process))
        {
            return;
        }

        using var victim = Process.GetProcessById(process);
        victim.Kill();
        victim.WaitForExit();
    }

    /// <summary>The process that the block names; 0: there is no block.</summary>
    private int SamplerOf()
    {
        using var loop = SharedLoop.TryOpen(Data);
        return loop?.Join.SamplerProcess ?? 0;
    }

    private JsonObject Cell(string mode, string interval = "50ms", bool hasBroker = true)
    {
        var device = Configurations.Registers(Configurations.Tcp(_slavePort), Registers, interval);
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{_brokerPort}", Configurations.Embedded(), _httpPort);
        cell["sampling"] = new JsonObject { ["sampler"] = mode };
        return hasBroker ? Configurations.WithBroker(cell, _brokerPort) : cell;
    }

    private Task SpoolsAsync(EdgeProcess edge, long samples) => Until.TrueAsync(
        $"{samples} samples in the spool, or the end: {edge.Errors}", Limit, stop => edge.HasExited ? throw new InvalidOperationException(edge.Errors) : HasSpooledAsync(samples, stop), Cancellation);

    private async Task<bool> HasSpooledAsync(long samples, CancellationToken cancellation) =>
        await AskAsync("ledger", cancellation) is { } ledger && (long)ledger["total"]!["spooled"]! >= samples;

    private async Task<JsonNode> StatusAsync() => (await AskAsync("status", Cancellation))!["sampler"]!;

    private async Task<JsonNode?> AskAsync(string page, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        try
        {
            return JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/{page}"), cancellation));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
