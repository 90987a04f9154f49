using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Types.Structures;

/// <summary>
/// The data types of one server, as its DataTypeDefinition attributes describe them, and the way to read and write values of them (OPC UA
/// Part 3, 8.48 and Part 6, 5.2.6). Node ids hold for one session: made anew with it.
/// </summary>
public sealed class StructureDictionary
{
    /// <summary>More types than any companion specification brings; a server that sends more is not believed.</summary>
    public const int TypesMax = 10_000;

    /// <summary>The mask that says which optional fields follow has 32 bits (OPC UA Part 6, 5.2.7).</summary>
    private const int OptionalFieldsMax = 32;

    private readonly Dictionary<NodeId, StructureDefinition> _structures = [];
    private readonly Dictionary<NodeId, BuiltInType> _simple = [];
    private readonly Dictionary<NodeId, NodeId> _byEncoding = [];

    /// <summary>A structure; its values come under the id of its encoding. A definition that cannot be is left out: its values keep their bytes.</summary>
    public void Add(NodeId dataType, StructureDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (_structures.Count >= TypesMax || !IsPossible(definition))
        {
            return;
        }

        _structures[dataType] = definition;
        if (!definition.DefaultEncodingId.IsNull)
        {
            _byEncoding[definition.DefaultEncodingId] = dataType;
        }
    }

    /// <summary>An enumeration is an Int32.</summary>
    public void AddEnumeration(NodeId dataType) => AddSimple(dataType, BuiltInType.Int32);

    /// <summary>A type derived from a built-in one is encoded as that.</summary>
    public void AddSimple(NodeId dataType, BuiltInType type)
    {
        if (_simple.Count < TypesMax)
        {
            _simple[dataType] = type;
        }
    }

    /// <summary>What a data type of namespace 0 that is no structure is on the wire.</summary>
    public static bool TryFindBuiltIn(NodeId dataType, out BuiltInType type) => SimpleTypes.TryFind(dataType, out type);

    public bool Knows(NodeId dataType) => _structures.ContainsKey(dataType) || TryFindSimple(dataType, out _);

    public bool TryFindEncoding(NodeId encodingId, out NodeId dataType) => _byEncoding.TryGetValue(encodingId, out dataType);

    /// <summary>Null when the type is unknown; throws <see cref="UaDecodingException"/> when the bytes do not fit the definition.</summary>
    public StructureValue? Decode(ExtensionObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!CanDecode(value) || !TryFindEncoding(value.TypeId, out var dataType))
        {
            return null;
        }

        var reader = new UaReader(value.Body);
        return new StructureReading(this).Read(ref reader, dataType);
    }

    /// <summary>The way back, for writing: every field of the definition must be there, but optional ones; throws <see cref="UaException"/>.</summary>
    public ExtensionObject Encode(StructureValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var buffer = new MessageBuffer(DecodeLimits.Default.ByteStringBytesMax);
        var writer = new UaWriter(buffer);
        new StructureWriting(this).Write(ref writer, value);
        return new ExtensionObject(Find(value.DataType).DefaultEncodingId, ExtensionObjectEncoding.ByteString, buffer.Written.ToArray());
    }

    internal bool CanDecode(ExtensionObject value) =>
        value.Encoding == ExtensionObjectEncoding.ByteString && _byEncoding.ContainsKey(value.TypeId);

    internal StructureDefinition Find(NodeId dataType) =>
        _structures.TryGetValue(dataType, out var definition)
            ? definition
            : throw UaDecodingException.Broken($"The server has not told what the data type {dataType} is made of.");

    internal bool TryFindSimple(NodeId dataType, out BuiltInType type) =>
        SimpleTypes.TryFind(dataType, out type) || _simple.TryGetValue(dataType, out type);

    /// <summary>Names tell the fields apart, and each optional one has its bit.</summary>
    private static bool IsPossible(StructureDefinition definition)
    {
        var fields = definition.Fields ?? [];
        return fields.DistinctBy(field => field.Name ?? "").Count() == fields.Length
            && (!FieldShape.HasOptionalFields(definition) || fields.Count(field => field.IsOptional) <= OptionalFieldsMax);
    }
}
