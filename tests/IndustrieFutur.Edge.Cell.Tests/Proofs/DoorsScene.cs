using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Plc;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A cell with simulated machines, of which each command can be given by each door: MQTT, HTTP, the command line, and what Sparkplug may.</summary>
internal sealed class DoorsScene : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LaxBroker _broker;
    private readonly CancellationToken _cancellation;
    private MqttCommander? _mqtt;
    private CommandSite? _site;
    private string _session = "";
    private int _ids;

    private DoorsScene(LaxBroker broker, CancellationToken cancellation)
    {
        (_broker, _cancellation) = (broker, cancellation);
        (Cobot, Slow) = (Simulated(startsPlaying: false), Simulated(startsPlaying: true));
        Belt = PlcSimulator.Start(new PlcSimulatorSettings { Tcp = new IPEndPoint(IPAddress.Loopback, 0) });
    }

    /// <summary>Whose program is played, paused and stopped.</summary>
    public CobotSimulator Cobot { get; }

    /// <summary>Whose dashboard is slow.</summary>
    public CobotSimulator Slow { get; }

    public CobotDashboard Dashboard => Cobot.Dashboard!;

    public CobotDashboard SlowDashboard => Slow.Dashboard!;

    public PlcSimulator Belt { get; }

    public CommandSite Site => _site ?? throw new InvalidOperationException("Not started.");

    private MqttCommander Mqtt => _mqtt ?? throw new InvalidOperationException("Not connected.");

    public static async Task<DoorsScene> StartAsync(CancellationToken cancellation)
    {
        var scene = new DoorsScene(await LaxBroker.StartAsync(cancellation), cancellation);
        try
        {
            await scene.OpenAsync();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public static RuntimeState StateOf(CobotSimulator cobot)
    {
        cobot.Arm.Read(out var state);
        return state.RuntimeState;
    }

    /// <summary>Over MQTT: what is of level 2 is prepared first.</summary>
    public async Task<JsonObject> ByMqttAsync(string device, string command, JsonObject values, bool isPrepared)
    {
        var topic = MqttCommander.Topic(device, CommandSite.Operator);
        if (!isPrepared)
        {
            return await Mqtt.AskAsync(topic, MqttCommander.Request(command, NewId(), values), _cancellation);
        }

        var prepared = await Mqtt.AskAsync(topic, MqttCommander.Request(command, NewId(), values, "prepare"), _cancellation);
        return (string?)prepared["token"] is { Length: > 0 } token
            ? await Mqtt.AskAsync(topic, MqttCommander.Request(command, NewId(), step: "execute", token: token), _cancellation)
            : prepared;
    }

    /// <summary>The same over HTTP.</summary>
    public async Task<JsonObject> ByHttpAsync(string device, string command, JsonObject values, bool isPrepared)
    {
        if (!isPrepared)
        {
            return (await Site.Page.SubmitAsync(_session, command, NewId(), values, _cancellation)).Answer;
        }

        var prepared = (await Site.Page.PrepareAsync(_session, command, NewId(), values, _cancellation)).Answer;
        return (string?)prepared["token"] is { Length: > 0 } token
            ? (await Site.Page.ExecuteAsync(_session, command, NewId(), token, [], _cancellation)).Answer
            : prepared;
    }

    /// <summary>The same by the command line, which prepares by itself.</summary>
    public Task<JsonObject> ByCliAsync(string device, string command, JsonObject values, bool isPrepared) => Task.Run(
        () =>
        {
            var said = values.Select(value => $"{value.Key}={value.Value!.ToJsonString()}");
            var (exitCode, output, errors) = Site.Verb(["command", command, .. said, "--yes", "--json", .. Login()]);
            var answer = output.StartsWith('{') ? JsonNode.Parse(output)!.AsObject() : throw new InvalidOperationException($"exit {exitCode}: {output}{errors}");
            Assert.True((exitCode == 0) == ((string?)answer["outcome"] == "confirmed"), $"exit {exitCode}: {output}{errors}");
            return answer;
        },
        _cancellation);

    /// <summary>Somebody at the cell answers for it.</summary>
    public void TakeLease()
    {
        var (exitCode, output, errors) = Site.Verb(["commands", "lease", .. Login()]);
        Assert.True(exitCode == 0, $"exit {exitCode}: {output}{errors}");
    }

    /// <summary>What a Sparkplug host writes to a signal; it gets no answer.</summary>
    public Task WriteByHostAsync(string device, string signal, double value) =>
        Mqtt.SayAsync($"spBv1.0/G/DCMD/E/{device}", Metric(signal, value, MqttCommander.In(TimeSpan.Zero)), MqttQualityOfServiceLevel.AtLeastOnce, _cancellation);

    public async ValueTask DisposeAsync()
    {
        _mqtt?.Dispose();
        _site?.Dispose();
        Cobot.Dispose();
        Slow.Dispose();
        Belt.Dispose();
        await _broker.DisposeAsync();
    }

    private static CobotSimulator Simulated(bool startsPlaying)
    {
        var cobot = CobotSimulator.Start(new CobotSimulatorSettings
        {
            Arm = new CobotSettings { StartsPlaying = startsPlaying, MinutesBetweenProtectiveStops = 0 },
            OpcUa = null,
            Modbus = null,
            Rtde = new IPEndPoint(IPAddress.Loopback, 0),
            Dashboard = new IPEndPoint(IPAddress.Loopback, 0),
        });
        cobot.Arm.Pendant.SetRemoteControl(true);
        return cobot;
    }

    private async Task OpenAsync()
    {
        var ports = new DoorsPorts(Dashboard.EndPoint.Port, SlowDashboard.EndPoint.Port, Cobot.Rtde!.EndPoint.Port, Belt.TcpPort);
        _site = await CommandSite.StartAsync(
            isIsolated: true,
            cell =>
            {
                DoorsCell.Change(cell, ports);
                _broker.Join(cell);
                _broker.JoinSparkplug(cell);
            },
            _cancellation);
        _mqtt = await MqttCommander.ConnectAsync(_broker.Port, "person", _cancellation);
        _session = await Site.Page.LogInAsync(CommandSite.Operator, CommandSite.Password, _cancellation);
        await Until.TrueAsync("all doors to be open", Patience, AreOpenAsync, _cancellation);
    }

    private async Task<bool> AreOpenAsync(CancellationToken cancellation)
    {
        var status = await Site.Page.WholeStatusAsync(cancellation);
        return status["listeners"]![0]!["connected"]!.GetValue<bool>() && status["sparkplug"]![0]!["born"]!.GetValue<bool>();
    }

    private string[] Login() => ["--user", CommandSite.Operator, "--password", "env:PROOF_PASSWORD", "--config", Site.File];

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"door-{++_ids}");

    /// <summary>One metric of Sparkplug B: name is field 1, timestamp 3, datatype 4 (10: Double), double_value 13.</summary>
    private static byte[] Metric(string name, double value, long utcMillis)
    {
        byte[] metric = [0x0A, (byte)name.Length, .. Encoding.UTF8.GetBytes(name), 0x18, .. Varint(utcMillis), 0x20, 10, 0x69, .. BitConverter.GetBytes(value)];
        return [0x12, (byte)metric.Length, .. metric];
    }

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
