namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>The namespaces of this server by index (OPC UA Part 5, 6.3.1): 0 is OPC UA's own, 1 the application's; others are only ever added.</summary>
public sealed class NamespaceTable
{
    public const string Core = "http://opcfoundation.org/UA/";

    private readonly Lock _gate = new();
    private volatile string[] _uris;

    internal NamespaceTable(string applicationUri) => _uris = [Core, applicationUri];

    /// <summary>An array that nobody changes: the value of NamespaceArray.</summary>
    public IReadOnlyList<string> Uris => _uris;

    /// <summary>The index of a namespace, which is added when it is not there yet.</summary>
    public ushort Add(string uri)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        lock (_gate)
        {
            var index = Array.IndexOf(_uris, uri);
            if (index < 0)
            {
                index = _uris.Length;
                _uris = [.. _uris, uri];
            }

            return checked((ushort)index);
        }
    }

    /// <summary>The index of a namespace that must be there.</summary>
    public ushort IndexOf(string uri)
    {
        var index = Array.IndexOf(_uris, uri);
        return index >= 0 ? (ushort)index : throw new ArgumentException($"The address space has no namespace {uri}: load its model first.", nameof(uri));
    }
}
