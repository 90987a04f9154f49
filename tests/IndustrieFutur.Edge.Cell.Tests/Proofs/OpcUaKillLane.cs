using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Cell.Tests.OpcUa;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// One foreign server and, against it, the real driver under its runner with rings, sampling loop and stages as in the service: what
/// leaves the loop is what the edge keeps. The server is killed and started again, over and over.
/// </summary>
internal sealed class OpcUaKillLane : IDisposable
{
    private const int Signals = 50;

    private static readonly TimeSpan CountPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>What the issue promises.</summary>
    private static readonly TimeSpan BackMax = TimeSpan.FromSeconds(5);

    /// <summary>Late is measured and told; never is a failure of its own.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstMax = TimeSpan.FromSeconds(60);

    /// <summary>So long after its ready line a server is killed that the client is still connecting to.</summary>
    private const int ConnectingMillisMax = 700;

    /// <summary>So long after the data came back a server is killed otherwise.</summary>
    private const int LivingMillisMax = 1_500;

    /// <summary>One kill in so many comes while the client connects; it is not one of the rounds, because the data cannot be back.</summary>
    private const int EarlyKillOneIn = 8;

    /// <summary>The first step of the back-off is 250 ms with jitter; two CreateSession closer than this were of one step.</summary>
    private const long BackoffStepMillisMin = 100;

    private readonly Random _random;
    private readonly Workplace _workplace = new();
    private readonly NodeServer _server;
    private readonly LinkSet _links;
    private readonly OpcUaLossJudge _judge;
    private readonly CancellationTokenSource _ending = new();
    private Task _sampling = Task.CompletedTask;
    private long _life;

    private OpcUaKillLane(int seed, NodeServer server, Combination combination)
    {
        _random = new Random(seed);
        _server = server;
        var reading = EdgeConfiguration.Load(_workplace.Write(Cell(server, Device(combination))));
        Assert.Empty(reading.Mistakes);
        _judge = new OpcUaLossJudge(reading.Configuration!.Plan.Signals);
        _links = new LinkSet(reading.Configuration, TimeProvider.System, NullLoggerFactory.Instance);
    }

    /// <summary>Kills after which the data came back, and the longest that took from the ready line.</summary>
    public int Rounds { get; private set; }

    public TimeSpan SlowestBack { get; private set; }

    /// <summary>Kills while the client was connecting.</summary>
    public int EarlyKills { get; private set; }

    public long Creates { get; private set; }

    public OpcUaLossJudge Judge => _judge;

    /// <param name="seed">Of the moments at which the server is killed.</param>
    /// <param name="combination">How the driver is connected; users anonymous or with a password.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<OpcUaKillLane> StartAsync(int seed, Combination combination, CancellationToken cancellation)
    {
        var server = await NodeServer.StartAsync(
            new NodeServerOptions { Bare = true, Signals = Signals, Period = CountPeriod, Start = OpcUaLossJudge.CountsPerLife }, cancellation);
        var lane = new OpcUaKillLane(seed, server, combination) { _life = 1 };
        lane._judge.Expect(1);
        lane._links.Start();
        lane._sampling = Task.Factory.StartNew(lane.Sample, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return lane;
    }

    public async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        // Before the first kill nothing is promised: our key is made now.
        await Until.TrueAsync("the first values", FirstMax, () => _judge.BackTimestamp != 0, cancellation);
        while (Rounds < rounds)
        {
            await PauseAsync(LivingMillisMax, cancellation);
            await KillAndRestartAsync(cancellation);
            while (_random.Next(EarlyKillOneIn) == 0)
            {
                await PauseAsync(ConnectingMillisMax, cancellation);
                await KillAndRestartAsync(cancellation);
                EarlyKills++;
            }

            await AwaitDataAsync(cancellation);
            Rounds++;
        }

        await CheckAsync(cancellation);
    }

    public void Dispose()
    {
        _ending.Cancel();
        _sampling.Wait();
        _links.Dispose();
        _server.Dispose();
        _workplace.Dispose();
        _ending.Dispose();
    }

    private async Task KillAndRestartAsync(CancellationToken cancellation)
    {
        await CheckAsync(cancellation);
        _server.Kill();
        _life++;
        _judge.Expect(_life);
        await _server.RestartAsync(_life * OpcUaLossJudge.CountsPerLife, cancellation);
    }

    private async Task AwaitDataAsync(CancellationToken cancellation)
    {
        await Until.TrueAsync($"the data of life {_life} to be back", WaitMax, () => _judge.BackTimestamp != 0, cancellation);
        var took = Stopwatch.GetElapsedTime(_server.ReadyTimestamp, _judge.BackTimestamp);
        Assert.True(
            took <= BackMax,
            $"life {_life}: the data was back {took.TotalSeconds:0.00} s after the server's ready line; the link said \"{_links.Views[0].Status.LastError}\"");
        SlowestBack = took > SlowestBack ? took : SlowestBack;
    }

    private async Task CheckAsync(CancellationToken cancellation)
    {
        Assert.Equal("", _judge.Fault);
        var sessions = await _server.SessionsAsync(cancellation);
        Assert.True(sessions.LiveMax <= 1, $"life {_life}: {sessions.LiveMax} sessions lived at once");
        for (var i = 1; i < sessions.CreateMillis.Count; i++)
        {
            var apart = sessions.CreateMillis[i] - sessions.CreateMillis[i - 1];
            Assert.True(apart >= BackoffStepMillisMin, $"life {_life}: two CreateSession {apart} ms apart");
        }

        Creates += sessions.Creates;
    }

    private Task PauseAsync(int millisMax, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(_random.Next(millisMax)), TimeProvider.System, cancellation);

    /// <summary>The sampling thread's work, and the sink's: takes what the loop lets through.</summary>
    private void Sample()
    {
        while (!_ending.IsCancellationRequested)
        {
            var now = MonoClock.NowNanos();
            _links.Loop.Tick(now);
            var samples = _links.Output.Peek(int.MaxValue);
            _judge.See(samples);
            _links.Output.Advance(samples.Length);
            Pacer.SleepUntil(now + 10_000_000);
        }
    }

    private static JsonObject Cell(NodeServer server, JsonObject device)
    {
        var signals = new JsonObject();
        for (var i = 0; i < Signals; i++)
        {
            signals[string.Create(CultureInfo.InvariantCulture, $"s{i}")] = new JsonObject { ["node"] = server.NodeOf(i), ["type"] = i % 2 == 0 ? "i64" : "f64" };
        }

        device["driver"] = "opcua";
        device["endpoint"] = server.Endpoint;
        device["groups"] = new JsonObject
        {
            ["all"] = new JsonObject { ["sampling"] = "0s", ["publishing"] = "100ms", ["signals"] = signals },
        };
        return Configurations.WithBroker(Configurations.Cell(device, "mqtt://127.0.0.1:1883", Configurations.Embedded()), 1883);
    }

    /// <summary>A person has trusted the server's certificate and put the user's password where the configuration says.</summary>
    private JsonObject Device(Combination combination)
    {
        var device = new JsonObject { ["security"] = new JsonObject { ["policy"] = combination.Policy, ["mode"] = combination.Mode.ToString() } };
        if (combination.Mode == MessageSecurityMode.None)
        {
            device["allowInsecure"] = true;
        }

        if (combination.User == Combination.Password)
        {
            File.WriteAllText(_workplace.PathOf("password"), Credentials.Password);
            device["user"] = new JsonObject { ["name"] = Credentials.User, ["password"] = "file:password" };
        }

        var trusted = Directory.CreateDirectory(_workplace.PathOf("data/pki/trusted/certs"));
        File.Copy(_server.CertificateFile, Path.Combine(trusted.FullName, "server.pem"));
        return device;
    }
}
