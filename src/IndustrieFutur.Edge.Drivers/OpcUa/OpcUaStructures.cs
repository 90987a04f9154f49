using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Structures;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Takes structures apart into fields with stable names, by what the server says of its types in the session at hand.</summary>
internal sealed class OpcUaStructures
{
    private HashSet<NodeId> _dataTypes = [];
    private StructureDictionary _types = new();

    /// <summary>A new session: node ids of types may be others.</summary>
    public void Forget()
    {
        _dataTypes = [];
        _types = new StructureDictionary();
    }

    /// <summary>For items of which fields are wanted: asks what their types are made of, before the first value comes.</summary>
    public void Learn(UaSession session, IEnumerable<OpcUaItem> items)
    {
        var nodes = items.Where(item => item.HasFields && item.Node is not null).Select(item => item.Node!.Value).ToArray();
        if (nodes.Length == 0)
        {
            return;
        }

        // Known only once they are read: the link may be lost over it.
        var dataTypes = new HashSet<NodeId>(_dataTypes);
        foreach (var dataType in session.Read(nodes, AttributeIds.DataType))
        {
            if (dataType.Value.Value is NodeId type)
            {
                dataTypes.Add(type);
            }
        }

        if (dataTypes.Count > _dataTypes.Count)
        {
            _types = session.ReadStructures(dataTypes);
            _dataTypes = dataTypes;
        }
    }

    public void Learn(StructureDictionary types) => _types = types;

    /// <summary>Good with the fields by name, or why they cannot be had.</summary>
    public uint TryFlatten(ExtensionObject structure, out IReadOnlyDictionary<string, Variant>? fields)
    {
        fields = null;
        try
        {
            fields = _types.Decode(structure)?.Flatten();
            return fields is null ? StatusCodes.BadDataEncodingUnsupported : StatusCode.Good;
        }
        catch (UaDecodingException)
        {
            // This one value is broken; the line is not.
            return StatusCode.BadDecodingError;
        }
    }
}
