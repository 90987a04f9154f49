using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Cell.Tests.OpcUa.Driver;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Cell.Tests.Modbus;

/// <summary>The real driver under its runner, from a configuration as an integrator writes it; orders are put into its inbox as the gate does when all guards hold.</summary>
internal sealed class ModbusOrderCell : IDisposable
{
    private const long SoonNanos = 60_000_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Workplace _workplace = new();
    private readonly LinkSet _links;

    /// <param name="link">Of the device.</param>
    /// <param name="signals">Read together, twenty times a second.</param>
    /// <param name="targets">Command 0 is the first of them, and so on.</param>
    public ModbusOrderCell(JsonObject link, JsonObject signals, JsonObject targets)
    {
        link["driver"] = "modbus";
        link["unit"] = 1;
        link["addressBase"] = 0;
        link["groups"] = new JsonObject { ["all"] = new JsonObject { ["interval"] = "50ms", ["signals"] = signals } };
        link["targets"] = targets;
        var reading = EdgeConfiguration.Load(_workplace.Write(
            Configurations.WithBroker(Configurations.Cell(link, "mqtt://127.0.0.1:1883", Configurations.Embedded()), 1883)));
        Assert.Empty(reading.Mistakes);
        _links = new LinkSet(DriverCell.WithCommands(reading.Configuration!, targets.Count), TimeProvider.System, NullLoggerFactory.Instance);
        _links.Start();
    }

    public ModbusUnitStatistics Numbers => _links.Views[0].Statistics.ModbusUnits[0];

    private LinkStatus Status => _links.Views[0].Status;

    /// <summary>Runs the loop until the device is read.</summary>
    public Task UntilReadAsync(CancellationToken cancellation) => UntilAsync(
        "the device's values",
        () => Status.IsConnected && _links.Latest.Read(0, out var sample) && StatusCode.IsGood(sample.Status),
        cancellation);

    /// <summary>Runs the loop until a signal is as expected.</summary>
    public Task UntilAsync(int signal, Func<Sample, bool> isExpected, CancellationToken cancellation) => UntilAsync(
        $"the value of signal {signal}",
        () => _links.Latest.Read(signal, out var sample) && StatusCode.IsGood(sample.Status) && isExpected(sample),
        cancellation);

    public async Task<OrderReport> OrderAsync(int command, double value, CancellationToken cancellation)
    {
        var now = MonoClock.NowNanos();
        var order = new Order { Id = command + 1, Command = command, Count = 1, ExpiresMonoNanos = now + SoonNanos, Generation = Status.Generation, PostedMonoNanos = now };
        order.Values[0] = value;
        Assert.True(_links.Boxes[0].TryPost(0, order));
        var report = default(OrderReport);
        await UntilAsync("the order's report", () => _links.Boxes[0].TryCollect(0, out report), cancellation);
        return report;
    }

    /// <summary>Stops the link, as the service does.</summary>
    public void Stop() => _links.Stop();

    public void Dispose()
    {
        _links.Dispose();
        _workplace.Dispose();
    }

    private Task UntilAsync(string what, Func<bool> holds, CancellationToken cancellation) => Until.TrueAsync(
        what,
        Patience,
        () =>
        {
            _links.Loop.Tick(MonoClock.NowNanos());
            _links.Output.Advance(_links.Output.Peek(int.MaxValue).Length);
            return holds();
        },
        cancellation);
}
