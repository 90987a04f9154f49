using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Driver;

/// <summary>
/// The real driver under its runner with rings, sampling loop and stages, from a configuration as an integrator writes it, against the
/// foreign server. The test ticks the loop while it waits.
/// </summary>
internal sealed class DriverCell : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Workplace _workplace = new();
    private readonly EdgeConfiguration _configuration;
    private readonly LinkSet _links;
    private readonly ToldProblems _problems;
    private readonly CountingTable _counts;
    private readonly int _counting;

    /// <param name="server">The foreign server; a person has trusted its certificate.</param>
    /// <param name="counting">So many of its counting signals are watched, the first ones.</param>
    /// <param name="line">The way to it; null: straight.</param>
    /// <param name="password">Of the user; null: anonymous.</param>
    /// <param name="more">Groups besides.</param>
    /// <param name="grace">How long last values are kept when the link is lost.</param>
    /// <param name="targets">What may be commanded; command 0 is the first of them, and so on.</param>
    public DriverCell(NodeServer server, int counting, CuttableLine? line = null, string? password = null, JsonObject? more = null, string grace = "20s", JsonObject? targets = null)
    {
        _counting = counting;
        _counts = new CountingTable(counting);
        var trusted = Directory.CreateDirectory(_workplace.PathOf("data/pki/trusted/certs"));
        File.Copy(server.CertificateFile, Path.Combine(trusted.FullName, "server.pem"));
        var device = new JsonObject
        {
            ["driver"] = "opcua",
            ["endpoint"] = line is null ? server.Endpoint : server.Endpoint.Replace($":{server.Port}", $":{line.Port}", StringComparison.Ordinal),
            ["channelLifetime"] = "5s",
            ["timeout"] = "5s",
            ["grace"] = grace,
        };
        if (password is not null)
        {
            File.WriteAllText(_workplace.PathOf("password"), password);
            device["user"] = new JsonObject { ["name"] = Credentials.User, ["password"] = "file:password" };
        }

        device["groups"] = Groups(server, more);
        if (targets is not null)
        {
            device["targets"] = targets;
        }

        var reading = EdgeConfiguration.Load(_workplace.Write(
            Configurations.WithBroker(Configurations.Cell(device, "mqtt://127.0.0.1:1883", Configurations.Embedded()), 1883)));
        Assert.Empty(reading.Mistakes);
        _configuration = WithCommands(reading.Configuration!, targets?.Count ?? 0);
        _links = new LinkSet(_configuration, TimeProvider.System, NullLoggerFactory.Instance);
        _problems = new ToldProblems(_configuration.Plan, _links);
        _links.Start();
    }

    /// <summary>The inbox of the link, as the gate has it.</summary>
    public OrderBox Box => _links.Boxes[0];

    public LinkStatus Status => _links.Views[0].Status;

    public OpcUaStatistics Numbers => _links.Views[0].Statistics.OpcUa!;

    /// <summary>The values of the counting signals: each one more than the one before.</summary>
    public CountingTable Counts => _counts;

    /// <summary>Every state that the link went through while the test waited.</summary>
    public List<LinkState> States { get; } = [];

    /// <summary>The statuses of the first counting signal that were not good, in order.</summary>
    public List<uint> Marks { get; } = [];

    /// <summary>Runs the loop until it is so.</summary>
    public Task UntilAsync(string what, Func<bool> holds, CancellationToken cancellation) => Until.TrueAsync(
        what,
        Patience,
        () =>
        {
            Tick();
            return holds();
        },
        cancellation);

    /// <summary>The last value of a signal in words; its quality when there is none.</summary>
    public string ValueOf(string signal)
    {
        var view = SignalView.All(_configuration.Plan, _links).Single(view => view.Signal == signal);
        return view.Value == SignalValue.None ? view.Quality : view.Value.ToString();
    }

    /// <summary>What a person is told of the device's signals.</summary>
    public IReadOnlyList<string> Problems => [.. DeviceProblems.Find(_configuration.Plan, _links)];

    /// <summary>What the service would have logged of the device's signals by now: what came, and "gone: " what went.</summary>
    public List<string> Told { get; } = [];

    public long ClockFaults => _configuration.Plan.Signals.Sum(signal => _links.Ledger.Read(signal.Index).ClockFaults);

    /// <summary>With a command for each target of its one device, which no guard keeps: guards are the gate's tests.</summary>
    public static EdgeConfiguration WithCommands(EdgeConfiguration configuration, int targets) => configuration with
    {
        Plan = configuration.Plan with
        {
            Commands =
            [
                .. Enumerable.Range(0, targets).Select(place => new CommandPlan
                {
                    Index = place,
                    Id = string.Create(CultureInfo.InvariantCulture, $"c{place}"),
                    Device = 0,
                    Target = place,
                    TargetWords = "",
                    Level = 1,
                    IsStop = true,
                    EffectNanos = 1,
                }),
            ],
        },
    };

    /// <summary>Stops the links, as the service does.</summary>
    public void Stop() => _links.Stop();

    public void Dispose()
    {
        _links.Dispose();
        _workplace.Dispose();
    }

    private JsonObject Groups(NodeServer server, JsonObject? more)
    {
        var signals = new JsonObject();
        for (var i = 0; i < _counting; i++)
        {
            signals[string.Create(CultureInfo.InvariantCulture, $"s{i}")] = new JsonObject { ["node"] = server.NodeOf(i), ["type"] = i % 2 == 0 ? "i64" : "f64" };
        }

        var groups = new JsonObject
        {
            ["counting"] = new JsonObject { ["sampling"] = "0s", ["publishing"] = "100ms", ["keepAlive"] = "500ms", ["queue"] = 500, ["signals"] = signals },
        };
        foreach (var (id, group) in more ?? [])
        {
            groups[id] = group!.DeepClone();
        }

        return groups;
    }

    private void Tick()
    {
        if (States.Count == 0 || States[^1] != Status.State)
        {
            States.Add(Status.State);
        }

        _links.Loop.Tick(MonoClock.NowNanos());
        var (come, gone) = _problems.Look();
        Told.AddRange([.. come, .. gone.Select(problem => $"gone: {problem}")]);
        var samples = _links.Output.Peek(int.MaxValue);
        foreach (ref readonly var sample in samples)
        {
            See(sample);
        }

        _links.Output.Advance(samples.Length);
    }

    private void See(in Sample sample)
    {
        var kind = _configuration.Plan.Signals[sample.Signal].Kind;
        if (kind == ValueKind.Text && !StatusCode.IsBad(sample.Status))
        {
            _ = _links.Output.Text(sample);
        }

        if (sample.Signal == 0 && !StatusCode.IsGood(sample.Status))
        {
            Marks.Add(sample.Status);
        }

        if (sample.Signal < _counting && StatusCode.IsGood(sample.Status))
        {
            _counts.See(sample.Signal, kind == ValueKind.Float64 ? (long)sample.AsDouble : sample.Bits);
        }
    }
}
