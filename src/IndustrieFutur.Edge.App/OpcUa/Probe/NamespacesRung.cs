using System.Globalization;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Lists the namespaces of the server: a node of a configuration is written with one of these.</summary>
internal sealed class NamespacesRung : IRung
{
    /// <summary>A server with every companion specification has thirty.</summary>
    private const int ShownMax = 100;

    public string Name => "namespaces";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        var uris = state.OpenSession.NamespaceUris;
        var facts = uris.Take(ShownMax).Select((uri, index) =>
            new RungFact(string.Create(CultureInfo.InvariantCulture, $"namespace {index}"), ServerWords.Plain(uri)));
        return uris.Count > 1
            ? RungAnswer.Ok($"{uris.Count} namespaces", [.. facts])
            : RungAnswer.Doubt("only the namespace of OPC UA itself", "the server has no data of its own yet: load its project, or release its variables to OPC UA", [.. facts]);
    }
}
