using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.App;

/// <summary>The program as a service: it stops at once and loses nothing, tells systemd, answers on its page.</summary>
public sealed class ServiceTests : IDisposable
{
    private const int Registers = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Workplace _workplace = new();
    private readonly int _slavePort = FreePort.Next();
    private readonly int _brokerPort = FreePort.Next();
    private readonly int _httpPort = FreePort.Next();
    private readonly ForeignSlave _slave;

    public ServiceTests() => _slave = ForeignSlave.Start(Cancellation, "tcp", _slavePort.ToString(CultureInfo.InvariantCulture));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _slave.Dispose();
        _workplace.Dispose();
    }

    [Fact]
    public async Task A_run_of_limited_time_without_its_broker_says_what_it_waits_for_and_how_long()
    {
        using var run = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell(hasBroker: false)), "--for", "1s");

        await Until.TrueAsync("its word", Limit, _ => Task.FromResult(run.Errors.Contains("this is awaited now, for 30 s at most", StringComparison.Ordinal)), Cancellation);
        run.Terminate();

        Assert.Equal(130, run.WaitForExit(Limit));
        Assert.Contains("Broker: not connected: ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_is_soon_over_and_what_was_not_stored_is_stored_by_the_next_run()
    {
        var withoutBroker = _workplace.Write(Cell(hasBroker: false));
        using (var first = EdgeProcess.Start(_workplace.Folder, "run", withoutBroker, "--json"))
        {
            await Until.TrueAsync("samples in the spool", Limit, stop => HasSpooledAsync(100, stop), Cancellation);
            var watch = Stopwatch.StartNew();
            first.Terminate();
            Assert.Equal(0, first.WaitForExit(Limit));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{watch.Elapsed}, the exit of the runtime included");
            Assert.Equal((true, false), Word(first.Ledger()));
        }

        var withBroker = _workplace.Write(Cell(hasBroker: true));
        using var second = EdgeProcess.Start(_workplace.Folder, "run", withBroker, "--for", "3s", "--json");
        Assert.True(second.WaitForExit(TimeSpan.FromSeconds(45)) == 0, second.Errors);

        Assert.Equal((true, true), Word(second.Ledger()));
        var rows = StoredRows.Read(_workplace.PathOf("data"));
        for (var register = 0; register < Registers; register++)
        {
            var values = rows[$"plc/r{register}"];
            Assert.Equal(Enumerable.Range(0, values.Count).Select(value => (double)value), values);
        }
    }

    [Fact]
    public async Task A_service_that_is_killed_again_and_again_loses_nothing_that_it_had_committed()
    {
        var withoutBroker = _workplace.Write(Cell(hasBroker: false));
        for (var round = 1; round <= 3; round++)
        {
            // Leaving the block is kill -9; the next round sees what the ones before had accepted.
            using var killed = EdgeProcess.Start(_workplace.Folder, "run", withoutBroker);
            await Until.TrueAsync("samples in the spool", Limit, stop => HasSpooledAsync(300 * round, stop), Cancellation);
        }

        using var last = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell(hasBroker: true)), "--for", "3s", "--json");
        Assert.True(last.WaitForExit(TimeSpan.FromSeconds(45)) == 0, last.Errors);

        var ledger = last.Ledger();
        var rows = StoredRows.Read(_workplace.PathOf("data"));
        Assert.Equal((true, true), Word(ledger));
        Assert.Equal(0, ledger["total"]!["dropped"]!.GetValue<long>());
        Assert.InRange(ledger["total"]!["stored"]!.GetValue<long>(), 700, long.MaxValue);
        Assert.Equal(ledger["total"]!["stored"]!.GetValue<long>(), rows.Values.Sum(values => (long)values.Count));
    }

    [Fact]
    public async Task What_the_disk_has_is_laid_aside_and_not_deleted_when_an_older_file_is_in_use()
    {
        var file = _workplace.Write(Cell(hasBroker: false));
        using (EdgeProcess.Start(_workplace.Folder, "run", file))
        {
            await Until.TrueAsync("samples in the spool", Limit, stop => HasSpooledAsync(100, stop), Cancellation);
        }

        var data = _workplace.PathOf("data");
        var segments = Directory.GetFiles(Path.Combine(data, "spool")).Sum(segment => new FileInfo(segment).Length);
        File.WriteAllText(Path.Combine(data, "spool.bin.used"), "half of it");
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", file);
        await Until.TrueAsync("the sentence", Limit, () => edge.Errors.Contains("lies aside in", StringComparison.Ordinal), Cancellation);

        var aside = Assert.Single(Directory.GetDirectories(data, "spool.aside-*"));
        Assert.Equal(segments, Directory.GetFiles(aside).Sum(segment => new FileInfo(segment).Length));
    }

    [Fact]
    public async Task A_stop_while_the_disk_takes_nothing_hands_over_what_only_memory_has()
    {
        await using var mosquitto = await Mosquitto.StartProcessAsync(Cancellation);
        var cell = Cell(hasBroker: false);
        cell["sinks"]!["site"]!["url"] = $"mqtt://127.0.0.1:{mosquitto.Port}";
        cell["spool"] = new JsonObject { ["samplesPerDevice"] = 1_000, ["freeMegabytes"] = 10_000_000 };
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(cell), "--json");
        await Until.TrueAsync("samples in the spool", Limit, stop => HasSpooledAsync(500, stop), Cancellation);
        mosquitto.Kill();
        await Until.TrueAsync("more than memory holds", Limit, stop => HasSpooledAsync(3_000, stop), Cancellation);
        await mosquitto.RestartAsync(Cancellation);
        await Until.TrueAsync("the session", Limit, () => edge.Errors.Split("MqttSink[4001]").Length > 2 && edge.Errors.Split("[5001]").Length > 2, Cancellation);

        edge.Terminate();
        Assert.True(edge.WaitForExit(Limit) == 0, edge.Errors);

        var total = edge.Ledger()["total"]!;
        var rows = StoredRows.Read(_workplace.PathOf("data"));
        Assert.True(total["produced"]!.GetValue<long>() == total["stored"]!.GetValue<long>(), $"{total.ToJsonString()} {edge.Errors}");
        Assert.Equal(total["stored"]!.GetValue<long>(), rows.Values.Sum(values => (long)values.Count));
    }

    [Fact]
    public async Task A_commit_is_due_at_its_size_before_its_interval()
    {
        await using var mosquitto = await Mosquitto.StartProcessAsync(Cancellation);
        var cell = Cell(hasBroker: false);
        cell["sinks"]!["site"]!["url"] = $"mqtt://127.0.0.1:{mosquitto.Port}";
        cell["devices"]!["plc"] = Configurations.Registers(Configurations.Tcp(_slavePort), Registers, "10ms");
        cell["spool"] = new JsonObject { ["commitEvery"] = "5s", ["commitKilobytes"] = 16 };
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(cell));
        var numbers = new MetricsPage(_httpPort, edge);
        await Until.TrueAsync("a commit of 512 samples to be stored", Limit, async stop => await numbers.SumAsync("ifedge_samples_stored", stop) >= 512, Cancellation);

        // A thousand come a second; the first commit is of the start, and by its interval the next would be five thousand later.
        Assert.InRange(await numbers.SumAsync("ifedge_samples_produced", Cancellation), 512, 4_500);
    }

    [Fact]
    public async Task A_broker_that_has_just_frozen_costs_neither_the_stop_nor_the_samples()
    {
        await using var mosquitto = await Mosquitto.StartProcessAsync(Cancellation);
        var cell = Cell(hasBroker: false);
        cell["sinks"]!["site"]!["url"] = $"mqtt://127.0.0.1:{mosquitto.Port}";
        var file = _workplace.Write(cell);
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", file);
        await Until.TrueAsync("samples", Limit, stop => HasSpooledAsync(100, stop), Cancellation);

        mosquitto.Freeze();
        await Until.TrueAsync("more samples", Limit, stop => HasSpooledAsync(600, stop), Cancellation);
        var watch = Stopwatch.StartNew();
        edge.Terminate();

        Assert.Equal(0, edge.WaitForExit(Limit));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{watch.Elapsed}, the exit of the runtime included");
        Assert.Contains("they are saved and will be sent at the next start", edge.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_takes_connections_and_says_nothing_is_told_and_left()
    {
        using var mute = new TcpListener(System.Net.IPAddress.Loopback, _brokerPort);
        mute.Start();
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell(hasBroker: false)));

        await Until.TrueAsync("the sentence", Limit, () => edge.Errors.Contains("is it an MQTT broker?", StringComparison.Ordinal), Cancellation);
    }

    [Fact]
    public async Task A_signal_during_the_drain_ends_with_130_the_ledger_and_the_samples_saved()
    {
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell(hasBroker: false)), "--for", "1s", "--json");
        await Until.TrueAsync("samples", Limit, stop => HasSpooledAsync(50, stop), Cancellation);
        await Until.TrueAsync("the drain", Limit, async stop => !await IsGrowingAsync(stop), Cancellation);

        edge.Terminate();

        Assert.Equal(130, edge.WaitForExit(TimeSpan.FromSeconds(5)));
        Assert.Equal((true, false), Word(edge.Ledger()));
        Assert.Contains("they are saved and will be sent at the next start", edge.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_limited_time_whose_device_never_came_found_a_problem()
    {
        var nobody = FreePort.Next();
        var cell = Cell(hasBroker: true);
        cell["devices"]!["plc"]!["tcp"] = Configurations.Tcp(nobody)["tcp"]!.DeepClone();
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(cell), "--for", "1s", "--json");

        Assert.Equal(1, edge.WaitForExit(TimeSpan.FromSeconds(45)));
        var link = edge.Ledger()["links"]![0]!;
        Assert.False(link["connected"]!.GetValue<bool>());
        Assert.Equal("plc", link["devices"]!.GetValue<string>());
        Assert.Contains($"link 127.0.0.1:{nobody} (plc): ", edge.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_on_the_same_data_is_refused_before_it_touches_anything()
    {
        var file = _workplace.Write(Cell(hasBroker: true));
        using var first = EdgeProcess.Start(_workplace.Folder, "run", file);
        await Until.TrueAsync("samples", Limit, stop => HasSpooledAsync(50, stop), Cancellation);

        using var historian = EdgeProcess.Start(_workplace.Folder, "historian", file);
        Assert.Equal(7, historian.WaitForExit(Limit));
        using var second = EdgeProcess.Start(_workplace.Folder, "run", file);

        Assert.Equal(7, second.WaitForExit(Limit));
        Assert.Contains($"ifedge: another ifedge (process {first.Id}) uses the data folder {_workplace.PathOf("data")}; ", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Errors, StringComparison.Ordinal);
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task Systemd_hears_of_start_life_and_stop()
    {
        var path = _workplace.PathOf("notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.ReceiveTimeout = 10_000;
        var heard = new List<string>();

        using var edge = EdgeProcess.Start(
            _workplace.Folder, new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "400000" }, "run", _workplace.Write(Cell(hasBroker: true)));

        // A sign of life may come before the start is complete.
        await Task.Run(() => HearUntil(socket, heard, "READY=1"), Cancellation);
        await Task.Run(() => HearUntil(socket, heard, "WATCHDOG=1"), Cancellation);
        edge.Terminate();
        await Task.Run(() => HearUntil(socket, heard, "STOPPING=1"), Cancellation);

        Assert.Equal(0, edge.WaitForExit(Limit));
    }

    [Fact]
    public async Task The_page_says_alive_ready_values_ledger_and_metrics()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_httpPort}") };
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell(hasBroker: true)));
        await Until.TrueAsync("ready", Limit, stop => IsReadyAsync(client, stop), Cancellation);

        Assert.Contains("alive", await client.GetStringAsync(new Uri("/healthz", UriKind.Relative), Cancellation), StringComparison.Ordinal);
        Assert.Contains("\"signal\":\"r0\"", await client.GetStringAsync(new Uri("/values", UriKind.Relative), Cancellation), StringComparison.Ordinal);
        Assert.Contains("\"balanced\":true", await client.GetStringAsync(new Uri("/ledger", UriKind.Relative), Cancellation), StringComparison.Ordinal);
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        Assert.Contains("ifedge_samples_produced", metrics, StringComparison.Ordinal);
        Assert.Contains("ifedge_spool_pending", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_away_makes_it_not_ready_and_says_which()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_httpPort}") };
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell(hasBroker: false)));
        var said = "";
        await Until.TrueAsync("not ready", Limit, async stop => (said = await ReadyAsync(client, stop)).Contains("broker mqtt://", StringComparison.Ordinal), Cancellation);

        Assert.Contains("\"ready\":false", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spool_without_its_folder_makes_it_not_ready_and_says_what_that_risks()
    {
        Directory.CreateDirectory(_workplace.PathOf("data"));
        await File.WriteAllTextAsync(_workplace.PathOf(Path.Combine("data", "spool")), "in the way", Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_httpPort}") };

        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell(hasBroker: true)));
        var said = "";
        await Until.TrueAsync("not ready", Limit, async stop => (said = await ReadyAsync(client, stop)).Contains("samples are kept in memory only", StringComparison.Ordinal), Cancellation);

        Assert.Contains("\"ready\":false", said, StringComparison.Ordinal);
        Assert.Contains("Mend it and restart the service", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_prints_a_line_of_json_per_change_until_its_time_is_over()
    {
        var file = _workplace.Write(Cell(hasBroker: true));
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", file);
        await Until.TrueAsync("samples", Limit, stop => HasSpooledAsync(50, stop), Cancellation);

        var watch = Stopwatch.StartNew();
        using var watcher = EdgeProcess.Start(_workplace.Folder, "watch", file, "--for", "2s", "--json");

        Assert.True(watcher.WaitForExit(Limit) == 0, watcher.Errors);
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        var lines = watcher.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.True(lines.Length > Registers, watcher.Output);
        Assert.Equal(Registers, lines.Take(Registers).DistinctBy(line => (string)line["signal"]!).Count());
        Assert.All(lines.GroupBy(line => (string)line["signal"]!), signal => Assert.Distinct(signal.Select(line => line["value"]!.ToJsonString())));
    }

    [Fact]
    public async Task The_doctor_tells_a_line_per_problem_of_the_running_service()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_httpPort}") };
        var file = _workplace.Write(Cell(hasBroker: false));
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", file);
        await Until.TrueAsync("not ready", Limit, async stop => (await ReadyAsync(client, stop)).Contains("broker mqtt://", StringComparison.Ordinal), Cancellation);

        using var doctor = EdgeProcess.Start(_workplace.Folder, "doctor", file);

        Assert.Equal(1, doctor.WaitForExit(Limit));
        var said = doctor.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains(" ready: ", StringComparison.Ordinal)).ToArray();
        Assert.Contains(said, line => line.StartsWith($"FAIL     ready: broker mqtt://127.0.0.1:{_brokerPort}: ", StringComparison.Ordinal));
        Assert.All(said, line => Assert.DoesNotContain("{\"ready\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_prints_every_signal_of_a_device_once()
    {
        var file = _workplace.Write(Cell(hasBroker: true));

        using var edge = EdgeProcess.Start(_workplace.Folder, "read", "--config", file, "plc", "--json");

        Assert.True(edge.WaitForExit(Limit) == 0, edge.Errors);
        var views = JsonNode.Parse(edge.Output)!.AsArray();
        Assert.Equal(Registers, views.Count);
        Assert.All(views, view => Assert.Equal("Good", view!["quality"]!.GetValue<string>()));
    }

    [Fact]
    public void Read_of_a_device_that_is_not_there_says_so_and_ends_with_4()
    {
        _slave.Stop();

        using var edge = EdgeProcess.Start(_workplace.Folder, "read", "--config", _workplace.Write(Cell(hasBroker: true)), "--wait", "2s");

        Assert.Equal(4, edge.WaitForExit(Limit));
        Assert.Contains($"127.0.0.1:{_slavePort}", edge.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_names_the_broker_that_is_not_there()
    {
        using var edge = EdgeProcess.Start(_workplace.Folder, "doctor", _workplace.Write(Cell(hasBroker: false)));

        Assert.Equal(1, edge.WaitForExit(Limit));
        Assert.Contains($"FAIL     broker mqtt://127.0.0.1:{_brokerPort}", edge.Output, StringComparison.Ordinal);
        Assert.Contains("ok       device plc", edge.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_does_not_answer_is_told_with_what_to_do()
    {
        using var pair = await SocatPair.OpenAsync(Cancellation);
        using var slave = ForeignSlave.Start(Cancellation, "rtu", pair.Slave);
        var device = Configurations.Registers(Configurations.Serial(pair.Master), Registers, "50ms");
        device["unit"] = 7;
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{_brokerPort}", Configurations.Embedded(), _httpPort);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_httpPort}") };
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Configurations.WithBroker(cell, _brokerPort)));

        await Until.TrueAsync("the warning", Limit, () => edge.Errors.Contains($"device plc: does not answer on {pair.Master}", StringComparison.Ordinal), Cancellation);

        Assert.Contains("check the unit number", await ReadyAsync(client, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_dead_device()
    {
        using var mute = new TcpListener(System.Net.IPAddress.Loopback, 0);
        mute.Start();
        var device = Configurations.Registers(Configurations.Tcp(((System.Net.IPEndPoint)mute.LocalEndpoint).Port), Registers, "50ms");
        device["timeout"] = "5s";
        var cell = Configurations.WithBroker(Configurations.Cell(device, $"mqtt://127.0.0.1:{_brokerPort}", Configurations.Embedded(), _httpPort), _brokerPort);
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(cell));
        await Until.TrueAsync("the connection", Limit, () => edge.Errors.Contains("connected (plc)", StringComparison.Ordinal), Cancellation);

        var watch = Stopwatch.StartNew();
        edge.Terminate();

        Assert.Equal(0, edge.WaitForExit(Limit));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{watch.Elapsed}, the exit of the runtime included");
    }

    [Fact]
    public async Task A_host_that_takes_connections_and_never_answers_is_told_of_once()
    {
        using var mute = new TcpListener(System.Net.IPAddress.Loopback, 0);
        mute.Start();
        var device = Configurations.Registers(Configurations.Tcp(((System.Net.IPEndPoint)mute.LocalEndpoint).Port), Registers, "50ms");
        device["timeout"] = "100ms";
        var cell = Configurations.WithBroker(Configurations.Cell(device, $"mqtt://127.0.0.1:{_brokerPort}", Configurations.Embedded(), _httpPort), _brokerPort);
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(cell), "--for", "8s", "--json");

        // Open or not at its end: that is by chance, for the link is closed and opened again all the time.
        Assert.InRange(edge.WaitForExit(TimeSpan.FromSeconds(40)), 0, 1);

        Assert.Single(edge.Errors.Split('\n'), line => line.Contains(" warn: ", StringComparison.Ordinal) && line.Contains("nothing answered", StringComparison.Ordinal));
        Assert.InRange(edge.Ledger()["total"]!["produced"]!.GetValue<long>(), 1, 2 * Registers);
    }

    [Fact]
    public void An_address_that_the_device_does_not_have_is_told_by_signal()
    {
        var device = Configurations.Registers(Configurations.Tcp(_slavePort), Registers, "50ms");
        device["groups"]!["all"]!["signals"]!["far"] = new JsonObject { ["address"] = "holding:5000", ["type"] = "u16" };
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{_brokerPort}", Configurations.Embedded());

        using var edge = EdgeProcess.Start(_workplace.Folder, "doctor", _workplace.Write(Configurations.WithBroker(cell, _brokerPort)));

        Assert.Equal(1, edge.WaitForExit(Limit));
        Assert.Contains("device plc, far: the device has no such address", edge.Output, StringComparison.Ordinal);
    }

    private JsonObject Cell(bool hasBroker)
    {
        var device = Configurations.Registers(Configurations.Tcp(_slavePort), Registers, "50ms");
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{_brokerPort}", Configurations.Embedded(), _httpPort);
        return hasBroker ? Configurations.WithBroker(cell, _brokerPort) : cell;
    }

    private async Task<bool> HasSpooledAsync(long samples, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        try
        {
            var ledger = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/ledger"), cancellation))!;
            return ledger["total"]!["spooled"]!.GetValue<long>() >= samples;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> IsGrowingAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient();
        async Task<long> Produced() =>
            JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/ledger"), cancellation))!["total"]!["produced"]!.GetValue<long>();
        var before = await Produced();
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        return await Produced() > before;
    }

    private static (bool IsBalanced, bool IsSettled) Word(JsonNode ledger) => (ledger["balanced"]!.GetValue<bool>(), ledger["settled"]!.GetValue<bool>());

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellation) =>
        (await ReadyAsync(client, cancellation)).Contains("\"ready\":true", StringComparison.Ordinal);

    private static async Task<string> ReadyAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/ready", UriKind.Relative), cancellation);
            return await answer.Content.ReadAsStringAsync(cancellation);
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    private static void HearUntil(Socket socket, List<string> heard, string what)
    {
        var buffer = new byte[512];
        while (!heard.Contains(what))
        {
            heard.AddRange(Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
