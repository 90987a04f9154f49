using System.Globalization;
using System.Reflection;
using System.Text.Json;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>What the edge says of itself, retained: whether it is there, and what the numbers in its telemetry mean.</summary>
internal sealed class EdgeIntroduction(CellPlan plan, DateTimeOffset started)
{
    private readonly string _started = started.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Body of <c>state</c>.</summary>
    public byte[] State(bool online, AuditMark? audit)
    {
        var version = typeof(EdgeIntroduction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var state = new StateMessage(online, _started, version, StreamSpool.Hex(plan.Hash), audit);
        return JsonSerializer.SerializeToUtf8Bytes(state, TelemetryJson.Default.StateMessage);
    }

    /// <summary>Body of a device's <c>meta</c>.</summary>
    public byte[] Meta(DevicePlan device)
    {
        var signals = device.Signals.Select(signal => new SignalMeta(
            signal.Index, signal.Id, signal.Kind.ToString().ToLowerInvariant(), signal.Unit, signal.NameFr, signal.NameEn));
        return JsonSerializer.SerializeToUtf8Bytes(new MetaMessage(StreamSpool.Hex(plan.Hash), [.. signals]), TelemetryJson.Default.MetaMessage);
    }
}
