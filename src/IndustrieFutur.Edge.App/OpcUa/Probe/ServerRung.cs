using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Asks the server who it is, whether it runs, what time it has and how much it takes at once.</summary>
internal sealed class ServerRung : IRung
{
    /// <summary>Beyond it times of the server and of this machine no longer put events in their order.</summary>
    private const double OffsetSecondsMax = 1;

    public string Name => "server";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        var value = ProbeReading.One(state, new NodeId(0, NodeIds.ServerStatus));
        if (value.Value.Value is not ExtensionObject body || !body.TryDecode<ServerStatusDataType>(out var status) || status is null)
        {
            return RungAnswer.Doubt(
                $"the server does not say how it is ({StatusCodes.NameOf(value.Status)})",
                "its log may say why; reading values may work all the same",
                Limits(state));
        }

        var offset = OffsetSeconds(state, status);
        RungFact[] facts = [.. Who(status.BuildInfo), .. Clock(status, offset), .. Limits(state)];
        return Judge(status, offset, facts);
    }

    private static RungAnswer Judge(ServerStatusDataType status, double offsetSeconds, RungFact[] facts)
    {
        var product = ServerWords.Plain(status.BuildInfo.ProductName);
        var name = product.Length == 0 ? "the server" : product;
        if (status.State != ServerState.Running)
        {
            return RungAnswer.Doubt($"{name} is in state {status.State}", "its values may stand still: bring the device into operation", facts);
        }

        return Math.Abs(offsetSeconds) > OffsetSecondsMax
            ? RungAnswer.Doubt(
                $"{name} runs, but its clock is {ServerWords.Number(Math.Abs(offsetSeconds))} s {(offsetSeconds > 0 ? "ahead of" : "behind")} ours",
                "let both follow the same time server, or the times of its samples do not fit to those of other devices",
                facts)
            : RungAnswer.Ok($"{name} runs", facts);
    }

    /// <summary>The session has measured it from the quickest answer; a server without times in its answers still has its status.</summary>
    private static double OffsetSeconds(ProbeState state, ServerStatusDataType status) =>
        state.OpenSession.ClockOffset.HasValue
            ? state.OpenSession.ClockOffset.Nanos / 1e9
            : (UaTime.ToUtcNanos(status.CurrentTime) - UaTime.ToUtcNanos(UaTime.NowUtc(state.Clock))) / 1e9;

    private static IEnumerable<RungFact> Who(BuildInfo build)
    {
        (string Name, string? Value)[] all =
        [
            ("product", build.ProductName), ("manufacturer", build.ManufacturerName), ("software version", build.SoftwareVersion),
            ("build", build.BuildNumber), ("product URI", build.ProductUri),
        ];
        return all.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => new RungFact(one.Name, ServerWords.Plain(one.Value)));
    }

    private static RungFact[] Clock(ServerStatusDataType status, double offsetSeconds) =>
    [
        new("state", status.State.ToString()),
        new("started", ServerWords.Utc(UaTime.ToDateTime(status.StartTime))),
        new("time", ServerWords.Utc(UaTime.ToDateTime(status.CurrentTime))),
        new("clock offset", ServerWords.Number(offsetSeconds) + " s"),
    ];

    private static RungFact[] Limits(ProbeState state)
    {
        var limits = state.OpenSession.Limits;
        (string Name, uint Value)[] all =
        [
            ("nodes per read", limits.NodesPerRead), ("nodes per write", limits.NodesPerWrite), ("nodes per browse", limits.NodesPerBrowse),
            ("items per call", limits.MonitoredItemsPerCall), ("items per subscription", limits.MonitoredItemsPerSubscription),
            ("subscriptions per session", limits.SubscriptionsPerSession), ("items in a queue", limits.MonitoredItemsQueueSize),
            ("continuation points", limits.BrowseContinuationPoints),
        ];
        return [.. all.Where(one => one.Value > 0).Select(one => new RungFact("limit, " + one.Name, one.Value.ToString(CultureInfo.InvariantCulture)))];
    }
}
