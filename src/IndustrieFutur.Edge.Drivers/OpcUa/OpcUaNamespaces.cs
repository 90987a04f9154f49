namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>The namespaces that a server has at this connection, and the signals that are configured in one that it has not.</summary>
public sealed class OpcUaNamespaces
{
    private readonly Dictionary<int, string> _missing = [];

    private OpcUaNamespaces(IReadOnlyList<string> ofServer) => OfServer = ofServer;

    /// <summary>Before the first connection.</summary>
    public static OpcUaNamespaces Unknown { get; } = new([]);

    public IReadOnlyList<string> OfServer { get; }

    /// <summary>The namespace that a signal is configured in and the server has not; null when that is not what is wrong with it.</summary>
    /// <param name="signal">Its index in the plan of the cell.</param>
    public string? MissingOf(int signal) => _missing.GetValueOrDefault(signal);

    internal static OpcUaNamespaces Compare(IReadOnlyList<string> ofServer, OpcUaPlan plan)
    {
        var namespaces = new OpcUaNamespaces([.. ofServer]);
        var known = ofServer.ToHashSet();
        foreach (var item in plan.Items)
        {
            if (Named(item).FirstOrDefault(uri => !known.Contains(uri)) is not { } missing)
            {
                continue;
            }

            foreach (var target in item.Targets)
            {
                namespaces._missing[plan.Signals[target.Slot].Index] = missing;
            }
        }

        return namespaces;
    }

    private static IEnumerable<string> Named(OpcUaItem item) =>
        item.Path is { } path ? path.Steps.Select(step => step.NamespaceUri)
        : item.Written?.NamespaceUri is { } uri ? [uri]
        : [];
}
