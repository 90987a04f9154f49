using System.Diagnostics;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;
using IndustrieFutur.Edge.Northbound.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>The sink against a real mosquitto: log-in, TLS, certificates, and a broker that dies.</summary>
public sealed class MqttSinkTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-sink-").FullName;
    private readonly HotMemory _memory = new(1 << 16);
    private readonly CellPlan _plan;
    private readonly LedgerCounters _ledger;
    private readonly TelemetrySpool _spool;

    public MqttSinkTests()
    {
        var signal = new SignalPlan { Index = 0, Id = "count", Device = "plc", RawKind = ValueKind.Int64 };
        _plan = new CellPlan
        {
            Group = "g",
            Edge = "e",
            Devices = [new DevicePlan { Id = "plc", Driver = "modbus", Index = 0, Signals = [signal] }],
            Signals = [signal],
            Hash = 1,
        };
        _ledger = new LedgerCounters(_memory, 1);
        _spool = new TelemetrySpool(_plan, new SpoolOptions { SamplesPerDevice = 10_000 }, Confirm.Puback, [], _ledger);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _spool.Dispose();
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Samples_reach_a_broker_that_asks_for_TLS_a_password_and_a_client_certificate()
    {
        using var authority = new Authority(_folder);
        var (server, serverKey) = authority.Issue("server");
        var (client, clientKey) = authority.Issue("client");
        await WritePasswordsAsync("edge1", "right");
        var securePort = FreePort.Next();
        await using var broker = await Mosquitto.StartProcessAsync(
            $"""
            listener {securePort} 127.0.0.1
            cafile {authority.CaFile}
            certfile {server}
            keyfile {serverKey}
            require_certificate true
            allow_anonymous false
            password_file {PasswordFile}
            """,
            Cancellation);
        await using var sink = await StartAsync(Options($"mqtts://127.0.0.1:{securePort}", "right", authority.CaFile, client, clientKey));
        Append(100);

        await Until.TrueAsync("the samples to be acknowledged over TLS", Limit, () => _spool.Pending == 0, Cancellation);

        Assert.True(sink.Sink.Status.IsConnected);
        Assert.Equal(100, _ledger.Read(0).Stored);
    }

    [Fact]
    public async Task A_broker_with_a_foreign_certificate_is_refused_and_the_samples_wait()
    {
        using var authority = new Authority(_folder);
        using var stranger = new Authority(Directory.CreateDirectory(Path.Combine(_folder, "stranger")).FullName);
        var (server, serverKey) = stranger.Issue("server");
        var securePort = FreePort.Next();
        await using var broker = await Mosquitto.StartProcessAsync(
            $"""
            listener {securePort} 127.0.0.1
            certfile {server}
            keyfile {serverKey}
            allow_anonymous true
            """,
            Cancellation);
        await using var sink = await StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = $"mqtts://127.0.0.1:{securePort}", CaFile = authority.CaFile, Confirm = Confirm.Puback });
        Append(10);

        await Until.TrueAsync("the refusal", Limit, () => sink.Sink.Status.LastError.Length > 0, Cancellation);

        Assert.False(sink.Sink.Status.IsConnected);
        Assert.Equal(10, _spool.Pending);
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_the_samples_wait()
    {
        await WritePasswordsAsync("edge1", "right");
        await using var broker = await Mosquitto.StartProcessAsync($"allow_anonymous false\npassword_file {PasswordFile}", Cancellation);
        await using var sink = await StartAsync(Options($"mqtt://127.0.0.1:{broker.Port}", "wrong"));
        Append(10);

        await Until.TrueAsync("the refusal", Limit, () => sink.Sink.Status.LastError.Length > 0, Cancellation);

        Assert.False(sink.Sink.Status.IsConnected);
        Assert.Equal(10, _spool.Pending);
    }

    [Fact]
    public async Task A_broker_that_dies_gets_the_unacknowledged_again_when_it_is_back()
    {
        await using var broker = await Mosquitto.StartProcessAsync(Cancellation);
        await using var sink = await StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = $"mqtt://127.0.0.1:{broker.Port}", Confirm = Confirm.Puback });
        Append(100);
        await Until.TrueAsync("the first samples", Limit, () => _spool.Pending == 0, Cancellation);

        broker.Kill();
        Append(100);
        await Until.TrueAsync("the loss to be noticed", Limit, () => !sink.Sink.Status.IsConnected, Cancellation);
        await broker.RestartAsync(Cancellation);

        await Until.TrueAsync("the rest", Limit, () => _spool.Pending == 0, Cancellation);
        Assert.Equal(200, _ledger.Read(0).Stored);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("3.1.1")]
    public async Task A_broker_that_takes_little_and_is_killed_in_the_middle_of_it_gets_everything(string version)
    {
        await using var broker = await Mosquitto.StartProcessAsync("allow_anonymous true\nmax_inflight_messages 2\nmax_packet_size 700", Cancellation);
        Append(9_000);
        await using var sink = await StartAsync(new MqttSinkOptions
        {
            Sink = "mqtt",
            Url = $"mqtt://127.0.0.1:{broker.Port}",
            Version = version,
            BatchMax = version == "5" ? 500 : 20,
            Confirm = Confirm.Puback,
        });
        await Until.TrueAsync("messages on their way", Limit, () => sink.Sink.Status.Acknowledged > 20, Cancellation);

        broker.Kill();
        await Until.TrueAsync("the loss to be noticed", Limit, () => !sink.Sink.Status.IsConnected, Cancellation);
        await broker.RestartAsync(Cancellation);

        await Until.TrueAsync("the rest", Limit, () => _spool.Pending == 0, Cancellation);
        Assert.Equal(9_000, _ledger.Read(0).Stored);
        Assert.Equal(version, sink.Sink.Status.Version);
    }

    [Fact]
    public async Task A_node_that_dies_is_followed_by_the_next_address_and_that_by_the_first_again()
    {
        await using var first = await Mosquitto.StartProcessAsync(Cancellation);
        await using var second = await Mosquitto.StartProcessAsync(Cancellation);
        var (firstUrl, secondUrl) = ($"mqtt://127.0.0.1:{first.Port}", $"mqtt://127.0.0.1:{second.Port}");
        await using var sink = await StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = firstUrl, Urls = [secondUrl], Confirm = Confirm.Puback });
        Append(100);
        await Until.TrueAsync("the first samples", Limit, () => _spool.Pending == 0, Cancellation);
        Assert.Equal(firstUrl, sink.Sink.Url);

        first.Kill();
        Append(100);
        await Until.TrueAsync("the samples at the second node", Limit, () => _spool.Pending == 0, Cancellation);
        Assert.Equal((secondUrl, true), (sink.Sink.Url, sink.Sink.Status.IsConnected));

        await first.RestartAsync(Cancellation);
        second.Kill();
        Append(100);
        await Until.TrueAsync("the samples at the first node", Limit, () => _spool.Pending == 0, Cancellation);
        Assert.Equal((firstUrl, true), (sink.Sink.Url, sink.Sink.Status.IsConnected));
        Assert.Equal(300, _ledger.Read(0).Stored);
    }

    [Fact]
    public async Task A_stop_waits_for_no_broker_that_is_away()
    {
        await using var sink = await StartAsync(new MqttSinkOptions { Sink = "mqtt", Url = $"mqtt://127.0.0.1:{FreePort.Next()}", Confirm = Confirm.Puback });
        await Until.TrueAsync("the first failure", Limit, () => sink.Sink.Status.LastError.Length > 0, Cancellation);

        var watch = Stopwatch.StartNew();
        await sink.Sink.StopAsync(Cancellation);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2.5), $"{watch.Elapsed}");
    }

    private string PasswordFile => Path.Combine(_folder, "passwords");

    private async Task WritePasswordsAsync(string user, string password)
    {
        using var tool = Process.Start("mosquitto_passwd", ["-b", "-c", PasswordFile, user, password]);
        await tool.WaitForExitAsync(Cancellation);
        Assert.Equal(0, tool.ExitCode);
    }

    private MqttSinkOptions Options(string url, string password, string? caFile = null, string? certificate = null, string? key = null)
    {
        File.WriteAllText(Path.Combine(_folder, "password"), password);
        return new MqttSinkOptions
        {
            Sink = "mqtt",
            Url = url,
            User = "edge1",
            Password = SecretReference.Parse("file:password", out _),
            CaFile = caFile,
            CertificateFile = certificate,
            KeyFile = key,
            Confirm = Confirm.Puback,
        };
    }

    private async Task<RunningSink> StartAsync(MqttSinkOptions options)
    {
        var sink = new MqttSink("site", options, _spool, _plan, _folder, TimeProvider.System, NullLogger<MqttSink>.Instance);
        await sink.StartAsync(Cancellation);
        return new RunningSink(sink);
    }

    private void Append(int count)
    {
        var stream = _spool.Streams[0];
        stream.Enter();
        for (var i = 0; i < count; i++)
        {
            stream.Append(new Sample(0, 0, i, 1_000_000L * i, 0), default, at: 0);
        }

        stream.Exit();
    }

    private sealed class RunningSink(MqttSink sink) : IAsyncDisposable
    {
        public MqttSink Sink => sink;

        public async ValueTask DisposeAsync()
        {
            await sink.StopAsync(CancellationToken.None);
            sink.Dispose();
        }
    }
}
