using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>A node's id as an integrator writes it: with the namespace's URI, because an index means another namespace after a download.</summary>
internal static class OpcUaNode
{
    /// <summary>What is wrong with it and what to write; null when it is in order.</summary>
    public static string? Refusal(string text)
    {
        if (text.StartsWith("ns=", StringComparison.Ordinal) && !text.StartsWith("ns=0;", StringComparison.Ordinal))
        {
            var identifier = text.IndexOf(';', StringComparison.Ordinal) is >= 0 and var at ? text[(at + 1)..] : "s=...";
            return CountsOnIndex(text, $"nsu=<the namespace's URI>;{Short(identifier)}");
        }

        if (text.StartsWith("svr=", StringComparison.Ordinal))
        {
            return $"\"{Short(text)}\" lies on another server; add a device with that server's endpoint, and remove \"svr=...;\"";
        }

        if (!ExpandedNodeId.TryParse(text, out var node) || (node.Node.IsNull && node.NamespaceUri is null))
        {
            return $"\"{Short(text)}\" is no node id; write \"nsu=<the namespace's URI>;s=<text>\" (or i= a number, g= a GUID, b= base 64)";
        }

        return node.NamespaceUri is null && !text.StartsWith("i=", StringComparison.Ordinal) && !text.StartsWith("ns=0;", StringComparison.Ordinal)
            ? $"\"{Short(text)}\" has no namespace, so it would be one of the standard's own nodes; write \"nsu=<the namespace's URI>;{Short(text)}\""
            : null;
    }

    /// <summary>What to say of a name, of a node or on the way to it, that names its namespace by index.</summary>
    public static string CountsOnIndex(string text, string instead) =>
        $"\"{Short(text)}\" counts on a namespace's index, which may mean another one after the server's next start; write \"{instead}\" (ifedge browse shows it)";

    /// <summary>A sentence stays a sentence, whatever was written.</summary>
    public static string Short(string text) => text.Length <= 80 ? text : text[..80] + "...";
}
