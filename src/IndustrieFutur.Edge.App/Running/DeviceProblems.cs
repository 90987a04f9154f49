using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>What is wrong with devices whose link is open, read off their signals: one sentence each, with what a person can do.</summary>
internal static class DeviceProblems
{
    /// <summary>Signals named in one sentence; the rest is counted.</summary>
    private const int NamedMax = 5;

    /// <summary>In the order of the plan; empty when every device that can be reached is well.</summary>
    public static IEnumerable<string> Find(CellPlan plan, LinkSet links) => plan.Devices.SelectMany(device => Of(device, links));

    public static IEnumerable<string> Of(DevicePlan device, LinkSet links)
    {
        var link = links.RunnerOf(device.Id);
        if (!link.Status.IsConnected)
        {
            return [];
        }

        var bad = device.Signals
            .Select(signal => (signal.Id, Status: links.Latest.Read(signal.Index, out var sample) ? sample.Status : StatusCode.Good))
            .Where(signal => StatusCode.IsBad(signal.Status))
            .GroupBy(signal => signal.Status, signal => signal.Id)
            .ToArray();
        return bad.Select(group => Sentence(device, link.Link, group.Key, [.. group]));
    }

    private static string Sentence(DevicePlan device, string link, uint status, string[] signals)
    {
        var which = signals.Length == device.Signals.Count
            ? $"device {device.Id}"
            : $"device {device.Id}, {string.Join(", ", signals.Take(NamedMax))}{(signals.Length > NamedMax ? $" and {signals.Length - NamedMax} more" : "")}";
        return which + ": " + status switch
        {
            StatusCode.BadNoCommunication =>
                $"does not answer on {link}, though the link is open; check the unit number, speed and parity, the wiring (A and B), and its power",
            StatusCode.BadConfigurationError =>
                "the device has no such address (it answers with a refusal); compare \"address\", \"type\" and \"addressBase\" with the device's own list",
            StatusCode.BadDecodingError =>
                "what came cannot be cut or read as configured; compare the message with \"cut\" and \"type\"",
            StatusCode.BadOutOfRange => "the value is not a number; check \"type\" and \"order\" (CDAB is as common as ABCD)",
            StatusCode.BadDeviceFailure => "the device reports a failure of its own; look at it",
            _ => $"is {StatusCode.Name(status)}",
        };
    }
}
