using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>How the links fare, as people and scripts read it.</summary>
internal static class LinkReport
{
    /// <summary>What is not connected and why, one sentence for each link.</summary>
    public static IEnumerable<string> Problems(LinkSet links) => links.Views.Where(view => !view.Status.IsConnected).Select(Sentence);

    /// <summary>True when links are not connected, and each of them because its device refuses us.</summary>
    public static bool IsOnlyRefused(LinkSet links) =>
        links.Views.Where(view => !view.Status.IsConnected).All(view => view.Status.IsRefused);

    /// <summary>
    /// Nobody knows yet whether it can be opened. What is heard of signals meanwhile, as what a server refuses comes before the rest of
    /// them, is no verdict on the device.
    /// </summary>
    public static bool IsBeingOpened(LinkView view) => !view.Status.IsConnected && view.Status.LastError.Length == 0;

    /// <summary>What to say of a link that was being opened all the time.</summary>
    public static string StillBeingOpened(TimeSpan waited) => string.Create(
        CultureInfo.InvariantCulture,
        $"has not answered within {waited.TotalSeconds:0.###} s, though nobody refuses the connection. Look whether the device is busy, starting or frozen, and try again.");

    public static JsonArray ToJson(LinkSet links) => [.. links.Views.Select(Describe)];

    private static string Sentence(LinkView view)
    {
        var why = view.Status.LastError.Length > 0 ? view.Status.LastError : "not connected yet";
        var rare = view.Status.State == LinkState.Quarantined ? " (quarantined: tried rarely, until somebody acts)" : "";
        return $"link {view.Link} ({view.Devices}): {why}{rare}";
    }

    private static JsonNode Describe(LinkView view)
    {
        var status = view.Status;
        var link = new JsonObject
        {
            ["link"] = view.Link,
            ["devices"] = view.Devices,
            ["connected"] = status.IsConnected,
            ["state"] = status.State.ToString().ToLowerInvariant(),
            ["losses"] = status.Losses,
            ["lastError"] = status.LastError,
        };
        if (view.Statistics.OpcUa is { } numbers)
        {
            link["opcua"] = new JsonObject
            {
                ["sessionsCreated"] = numbers.SessionsCreated,
                ["sessionsResumed"] = numbers.SessionsResumed,
                ["reconnects"] = numbers.Reconnects,
                ["republished"] = numbers.Republished,
                ["gaps"] = new JsonObject
                {
                    ["messages"] = numbers.MessagesLost,
                    ["overflows"] = numbers.Overflows,
                    ["subscriptions"] = numbers.SubscriptionsRemade,
                },
            };
        }

        if (view.Statistics.Rtde is { } stream)
        {
            link["rtde"] = new JsonObject
            {
                ["controller"] = stream.ControllerVersion,
                ["packages"] = stream.Packages,
                ["lost"] = stream.PackagesLost,
                ["gaps"] = stream.Gaps,
                ["restarts"] = stream.Restarts,
                ["reconnects"] = stream.Reconnects,
                ["periodNanos"] = stream.PeriodNanos,
                ["fieldsRefused"] = stream.FieldsRefused,
                ["lastText"] = stream.LastText,
            };
        }

        return link;
    }
}
