using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Numbers, times and a server's words as our verbs write them, the same on every machine.</summary>
internal static class ServerWords
{
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    public static string Millis(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    /// <summary>Three decimals at most; what rounds to zero has no sign.</summary>
    public static string Number(double number) => (Math.Round(number, 3) + 0.0).ToString("0.###", CultureInfo.InvariantCulture);

    public static string Utc(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>The node as a configuration names it: by the URI of its namespace, whose index may be another one tomorrow.</summary>
    public static string Id(NodeId node, IReadOnlyList<string> namespaceUris) =>
        node.NamespaceIndex > 0 && node.NamespaceIndex < namespaceUris.Count
            ? new ExpandedNodeId(node.In(0), namespaceUris[node.NamespaceIndex]).ToString()
            : node.ToString();

    /// <summary>What a server wrote, without the control characters that could move a terminal's cursor.</summary>
    public static string Plain(string? words) => Handshake.Plain(words ?? "");
}
