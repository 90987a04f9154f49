using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>What is wrong with devices whose link is open, read off their signals: one sentence each, with what a person can do.</summary>
internal static class DeviceProblems
{
    /// <summary>Signals named in one sentence; the rest is counted.</summary>
    private const int NamedMax = 5;

    /// <summary>Namespaces told in one sentence: a robot with all its companion specifications has a dozen.</summary>
    private const int NamespacesMax = 12;

    /// <summary>In the order of the plan; empty when every device that can be reached is well.</summary>
    public static IEnumerable<string> Find(CellPlan plan, LinkSet links) => plan.Devices.SelectMany(device => Of(device, links));

    public static IEnumerable<string> Of(DevicePlan device, LinkSet links)
    {
        var statuses = device.Signals.Select(signal => StatusOf(signal, links) ?? StatusCode.Good).ToArray();

        // After the values: a link that is lost marks them, and that is no word of the device.
        return links.ViewOf(device.Id) is { Status.IsConnected: true } ? Of(device, links, statuses) : [];
    }

    /// <summary>The same of statuses that were seen earlier, in the order of the device's signals.</summary>
    public static IEnumerable<string> Of(DevicePlan device, LinkSet links, IReadOnlyList<uint> statuses)
    {
        if (links.ViewOf(device.Id) is not { } link)
        {
            // What derived signals say is what their inputs say, and that is told there.
            return [];
        }

        var namespaces = link.Statistics.OpcUa?.Namespaces ?? OpcUaNamespaces.Unknown;
        var bad = device.Signals
            .Select((signal, i) => (signal.Id, Status: statuses[i], Missing: namespaces.MissingOf(signal.Index)))
            .Where(signal => StatusCode.IsBad(signal.Status))
            .GroupBy(signal => (signal.Status, Missing: IsNotFound(signal.Status) ? signal.Missing : null), signal => signal.Id)
            .ToArray();
        return bad.Select(group => $"{Which(device, [.. group])}: "
            + (group.Key.Missing is { } missing ? NoNamespace(missing, namespaces.OfServer)
                : link.Statistics.OpcUa is not null ? OpcUaSentence(group.Key.Status)
                : link.Statistics.Rtde is not null ? RtdeSentence(group.Key.Status)
                : Sentence(link.Link, group.Key.Status)));
    }

    /// <summary>The last word on a signal; null while its first value is awaited.</summary>
    public static uint? StatusOf(SignalPlan signal, LinkSet links)
    {
        var link = links.ViewOf(signal.Device);
        return links.Latest.Read(signal.Index, out var sample) && (link is null || !IsAwaiting(link, sample)) ? sample.Status : null;
    }

    /// <summary>
    /// A server is silent of a variable until its first value, and so the last word may be the mark of the link that was lost. Drivers
    /// who ask a device themselves say nothing new when it stays silent behind a link that is back: there the mark is true.
    /// </summary>
    private static bool IsAwaiting(LinkView link, in Sample sample) => link.Statistics.OpcUa is not null && (sample.Status & 0xFFFF_0000) switch
    {
        StatusCode.BadWaitingForInitialData => true,
        StatusCode.BadNoCommunication => sample.ArrivalMonoNanos <= link.Status.MarkedMonoNanos,
        _ => false,
    };

    private static string Which(DevicePlan device, string[] signals) => signals.Length == device.Signals.Count
        ? $"device {device.Id}"
        : $"device {device.Id}, {string.Join(", ", signals.Take(NamedMax))}{(signals.Length > NamedMax ? $" and {signals.Length - NamedMax} more" : "")}";

    private static bool IsNotFound(uint status) => (status & 0xFFFF_0000) is StatusCodes.BadNodeIdUnknown or StatusCodes.BadNoMatch;

    private static string NoNamespace(string missing, IReadOnlyList<string> ofServer)
    {
        var there = string.Join(", ", ofServer.Take(NamespacesMax).Select(uri => $"\"{ServerWords.Plain(uri)}\""));
        var more = ofServer.Count > NamespacesMax ? $" and {ofServer.Count - NamespacesMax} more" : "";
        return $"the server has no namespace \"{missing}\"; it has {there}{more}. Correct the URI in \"node\" or \"path\" (ifedge browse shows it with every node), "
            + "or load the program that brings it into the server; it is looked for again at the next connection";
    }

    private static string Sentence(string link, uint status) => status switch
    {
        StatusCode.BadNoCommunication =>
            $"does not answer on {link}, though the link is open; check the unit number, speed and parity, the wiring (A and B), and its power",
        StatusCode.BadConfigurationError =>
            "the device has no such address (it answers with a refusal); compare \"address\", \"type\" and \"addressBase\" with the device's own list",
        StatusCode.BadDecodingError =>
            "what came cannot be cut or read as configured; compare the message with \"cut\" and \"type\"",
        StatusCode.BadOutOfRange => "the value is not a number; check \"type\" and \"order\" (CDAB is as common as ABCD)",
        StatusCode.BadDeviceFailure => "the device reports a failure of its own; look at it",
        _ => Otherwise(status),
    };

    /// <summary>What a controller answers for a field that it does not give; the others are read on.</summary>
    private static string RtdeSentence(uint status) => (status & 0xFFFF_0000) switch
    {
        StatusCodes.BadNotFound =>
            "the controller does not know this field (NOT_FOUND); compare \"field\" with the RTDE guide of its model and version, or update it. The other signals are read on",
        StatusCodes.BadResourceUnavailable =>
            "another client of the controller owns this field (IN_USE); end that client, such as a fieldbus or a second program, and it is read at the next connection. The other signals are read on",
        StatusCodes.BadTypeMismatch =>
            "the controller gives this field with another type; correct \"fieldType\" by the RTDE guide of its version, or update the edge. The other signals are read on",
        _ => Otherwise(status),
    };

    /// <summary>What an OPC UA server says of a variable; its other codes are the quality of the value, by name.</summary>
    private static string OpcUaSentence(uint status) => (status & 0xFFFF_0000) switch
    {
        StatusCodes.BadNodeIdUnknown or StatusCodes.BadNodeIdInvalid =>
            "the server has no such node; compare \"node\" with the server's list (ifedge browse). It is asked again, at most every 5 minutes",
        StatusCodes.BadNoMatch =>
            "the server finds nothing there; compare \"path\" or \"field\" with what it has (ifedge browse)",
        StatusCodes.BadAttributeIdInvalid =>
            "the node has no value: it is a folder, an object or a method, and no variable; name a variable below it (ifedge browse shows them)",
        StatusCodes.BadUserAccessDenied or StatusCodes.BadNotReadable => "the server does not let this user read it; give the user the right, or name another under \"user\"",
        StatusCodes.BadTypeMismatch =>
            "the value is of another type than \"type\" says, or an array or a structure; correct \"type\", or say which part with \"index\" or \"field\"",
        StatusCodes.BadIndexRangeInvalid or StatusCodes.BadIndexRangeNoData =>
            "there is no such element: the array is shorter, has more dimensions, or is none; correct \"index\" or \"field\"",
        StatusCodes.BadDataEncodingUnsupported => "the server does not say what its structure is made of, so no field can be taken out of it",
        StatusCodes.BadTooManyMonitoredItems or StatusCodes.BadTooManySubscriptions =>
            "the server has no room to watch it; watch fewer signals, or write \"mode\": \"read\" for the group",
        StatusCode.BadNoCommunication => "the server itself does not reach what the value comes from; look at that device and its line to the server",
        StatusCode.BadConfigurationError => "the server says that it is not in order for this variable; look at the server's own configuration",
        StatusCode.BadDecodingError => "what the server sends of it cannot be read; another \"index\" or \"field\", or the value whole, may do",
        StatusCode.BadOutOfRange => "the value is not a number, or beyond the reach of \"type\"; check \"type\" and \"scale\"",
        StatusCode.BadDeviceFailure => "the server reports a failure of the device; look at it",
        _ => Otherwise(status),
    };

    private static string Otherwise(uint status) => $"is {StatusCodes.NameOf(status & 0xFFFF_0000)}";
}
