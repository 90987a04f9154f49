using System.Globalization;

namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>Names one node of one server in one session: the namespace index may mean another namespace in the next (OPC UA Part 3, 8.2).</summary>
public readonly struct NodeId : IEquatable<NodeId>
{
    public static readonly NodeId Null;

    private readonly object? _identifier;

    public NodeId(ushort namespaceIndex, uint identifier)
    {
        NamespaceIndex = namespaceIndex;
        Numeric = identifier;
        IdType = NodeIdType.Numeric;
    }

    public NodeId(ushort namespaceIndex, string? identifier)
    {
        NamespaceIndex = namespaceIndex;
        _identifier = identifier;
        IdType = NodeIdType.String;
    }

    public NodeId(ushort namespaceIndex, Guid identifier)
    {
        NamespaceIndex = namespaceIndex;
        _identifier = identifier;
        IdType = NodeIdType.Guid;
    }

    public NodeId(ushort namespaceIndex, byte[]? identifier)
    {
        NamespaceIndex = namespaceIndex;
        _identifier = identifier;
        IdType = NodeIdType.Opaque;
    }

    private NodeId(ushort namespaceIndex, NodeId other)
    {
        this = other;
        NamespaceIndex = namespaceIndex;
    }

    public ushort NamespaceIndex { get; }

    public NodeIdType IdType { get; }

    /// <summary>The identifier when it is a number, else 0.</summary>
    public uint Numeric { get; }

    /// <summary>The identifier when it is a text, else null.</summary>
    public string? Text => _identifier as string;

    /// <summary>The identifier when it is a GUID, else all zero.</summary>
    public Guid Guid => _identifier is Guid guid ? guid : default;

    /// <summary>The identifier when it is a byte string, else null.</summary>
    public byte[]? Opaque => _identifier as byte[];

    public bool IsNull => NamespaceIndex == 0 && IdType == NodeIdType.Numeric && Numeric == 0;

    public static bool operator ==(NodeId left, NodeId right) => left.Equals(right);

    public static bool operator !=(NodeId left, NodeId right) => !left.Equals(right);

    /// <summary>Reads "i=85", "ns=2;s=Speed", "ns=1;g=…" and "ns=1;b=…" (base 64) (OPC UA Part 6, 5.3.1.10).</summary>
    public static bool TryParse(string? text, out NodeId nodeId)
    {
        nodeId = Null;
        if (text is null)
        {
            return false;
        }

        ushort index = 0;
        var rest = text.AsSpan();
        if (rest.StartsWith("ns=", StringComparison.Ordinal))
        {
            var end = rest.IndexOf(';');
            if (end < 0 || !ushort.TryParse(rest[3..end], NumberStyles.None, CultureInfo.InvariantCulture, out index))
            {
                return false;
            }

            rest = rest[(end + 1)..];
        }

        if (!TryParseIdentifier(rest, out var local))
        {
            return false;
        }

        nodeId = local.In(index);
        return true;
    }

    /// <summary>The same identifier in another namespace.</summary>
    public NodeId In(ushort namespaceIndex) => new(namespaceIndex, this);

    public bool Equals(NodeId other) =>
        NamespaceIndex == other.NamespaceIndex && IdType == other.IdType && Numeric == other.Numeric
        && (IdType == NodeIdType.Opaque
            ? Opaque.AsSpan().SequenceEqual(other.Opaque)
            : Equals(_identifier, other._identifier));

    public override bool Equals(object? obj) => obj is NodeId other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(NamespaceIndex);
        hash.Add(Numeric);
        if (Opaque is { } bytes)
        {
            hash.AddBytes(bytes);
        }
        else
        {
            hash.Add(_identifier);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => NamespaceIndex == 0 ? IdentifierText() : $"ns={NamespaceIndex};{IdentifierText()}";

    /// <summary>Only the identifier: "i=85", "s=Speed", "g=…", "b=…".</summary>
    internal string IdentifierText() => IdType switch
    {
        NodeIdType.Numeric => "i=" + Numeric.ToString(CultureInfo.InvariantCulture),
        NodeIdType.String => "s=" + Text,
        NodeIdType.Guid => "g=" + Guid,
        _ => "b=" + Convert.ToBase64String(Opaque ?? []),
    };

    internal static bool TryParseIdentifier(ReadOnlySpan<char> text, out NodeId nodeId)
    {
        nodeId = Null;
        if (text.Length < 2 || text[1] != '=')
        {
            return false;
        }

        var value = text[2..];
        switch (text[0])
        {
            case 'i' when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                nodeId = new NodeId(0, number);
                return true;
            case 's':
                nodeId = new NodeId(0, value.ToString());
                return true;
            case 'g' when Guid.TryParse(value, out var guid):
                nodeId = new NodeId(0, guid);
                return true;
            case 'b':
                var bytes = new byte[value.Length];
                if (!Convert.TryFromBase64Chars(value, bytes, out var count))
                {
                    return false;
                }

                nodeId = new NodeId(0, bytes[..count]);
                return true;
            default:
                return false;
        }
    }
}
