using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>The path of an event's field as one text: what fields and select clauses meet by.</summary>
internal static class EventPath
{
    public static string KeyOf(params ReadOnlySpan<QualifiedName> path)
    {
        var key = new StringBuilder();
        foreach (var name in path)
        {
            key.Append(key.Length == 0 ? "" : "/").Append(CultureInfo.InvariantCulture, $"{name.NamespaceIndex}:{name.Name}");
        }

        return key.ToString();
    }
}
