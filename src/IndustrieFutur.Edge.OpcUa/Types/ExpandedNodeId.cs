using System.Globalization;

namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>
/// A NodeId that may say its namespace by URI, and its server: the form that outlives a session, and the only one that a configuration
/// may hold (OPC UA Part 4, 7.16).
/// </summary>
/// <param name="Node">The node; its namespace index counts only when there is no URI.</param>
/// <param name="NamespaceUri">The namespace by name, or null.</param>
/// <param name="ServerIndex">0 = this server.</param>
public readonly record struct ExpandedNodeId(NodeId Node, string? NamespaceUri = null, uint ServerIndex = 0)
{
    public static implicit operator ExpandedNodeId(NodeId node) => new(node);

    public static ExpandedNodeId FromNodeId(NodeId node) => new(node);

    /// <summary>Reads "nsu=http://…;s=Speed", "svr=1;…", and everything that a <see cref="NodeId"/> may be.</summary>
    public static bool TryParse(string? text, out ExpandedNodeId nodeId)
    {
        nodeId = default;
        if (text is null)
        {
            return false;
        }

        uint server = 0;
        if (text.StartsWith("svr=", StringComparison.Ordinal))
        {
            var end = text.IndexOf(';', StringComparison.Ordinal);
            if (end < 0 || !uint.TryParse(text.AsSpan(4, end - 4), NumberStyles.None, CultureInfo.InvariantCulture, out server))
            {
                return false;
            }

            text = text[(end + 1)..];
        }

        return text.StartsWith("nsu=", StringComparison.Ordinal) ? TryParseWithUri(text, server, out nodeId) : TryParseWithIndex(text, server, out nodeId);
    }

    /// <summary>The node in a session whose namespaces these are; false when the namespace is not among them or the server is another one.</summary>
    public bool TryResolve(IReadOnlyList<string> namespaceUris, out NodeId nodeId)
    {
        ArgumentNullException.ThrowIfNull(namespaceUris);
        nodeId = Node;
        if (ServerIndex != 0)
        {
            return false;
        }

        if (NamespaceUri is null)
        {
            return true;
        }

        for (var index = 0; index < namespaceUris.Count && index <= ushort.MaxValue; index++)
        {
            if (string.Equals(namespaceUris[index], NamespaceUri, StringComparison.Ordinal))
            {
                nodeId = Node.In((ushort)index);
                return true;
            }
        }

        return false;
    }

    public override string ToString()
    {
        var server = ServerIndex == 0 ? "" : $"svr={ServerIndex.ToString(CultureInfo.InvariantCulture)};";
        return NamespaceUri is null ? server + Node : $"{server}nsu={Escape(NamespaceUri)};{Node.IdentifierText()}";
    }

    /// <summary>A semicolon or a percent sign within the URI is written as %3B or %25 (OPC UA Part 6, 5.3.1.11).</summary>
    private static string Escape(string uri) =>
        uri.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);

    private static string Unescape(string uri) =>
        uri.Replace("%3B", ";", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal);

    private static bool TryParseWithUri(string text, uint server, out ExpandedNodeId nodeId)
    {
        nodeId = default;
        var end = text.IndexOf(';', StringComparison.Ordinal);
        if (end <= 4 || !NodeId.TryParseIdentifier(text.AsSpan(end + 1), out var local))
        {
            return false;
        }

        nodeId = new ExpandedNodeId(local, Unescape(text[4..end]), server);
        return true;
    }

    private static bool TryParseWithIndex(string text, uint server, out ExpandedNodeId nodeId)
    {
        var isNode = NodeId.TryParse(text, out var node);
        nodeId = new ExpandedNodeId(node, null, server);
        return isNode;
    }
}
