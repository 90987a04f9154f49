using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types;

/// <summary>Values of every type made up from one seed, nulls, empty ones and extremes among them.</summary>
internal sealed class RandomValues(int seed)
{
    /// <summary>Variants within variants end here.</summary>
    private const int DepthMax = 3;

    private static readonly Dictionary<BuiltInType, Type> ClrTypes = new()
    {
        [BuiltInType.Boolean] = typeof(bool),
        [BuiltInType.SByte] = typeof(sbyte),
        [BuiltInType.Byte] = typeof(byte),
        [BuiltInType.Int16] = typeof(short),
        [BuiltInType.UInt16] = typeof(ushort),
        [BuiltInType.Int32] = typeof(int),
        [BuiltInType.UInt32] = typeof(uint),
        [BuiltInType.Int64] = typeof(long),
        [BuiltInType.UInt64] = typeof(ulong),
        [BuiltInType.Float] = typeof(float),
        [BuiltInType.Double] = typeof(double),
        [BuiltInType.String] = typeof(string),
        [BuiltInType.DateTime] = typeof(long),
        [BuiltInType.Guid] = typeof(Guid),
        [BuiltInType.ByteString] = typeof(byte[]),
        [BuiltInType.XmlElement] = typeof(string),
        [BuiltInType.NodeId] = typeof(NodeId),
        [BuiltInType.ExpandedNodeId] = typeof(ExpandedNodeId),
        [BuiltInType.StatusCode] = typeof(uint),
        [BuiltInType.QualifiedName] = typeof(QualifiedName),
        [BuiltInType.LocalizedText] = typeof(LocalizedText),
        [BuiltInType.ExtensionObject] = typeof(ExtensionObject),
        [BuiltInType.DataValue] = typeof(DataValue),
        [BuiltInType.DiagnosticInfo] = typeof(DiagnosticInfo),
    };

    private static readonly string?[] Texts = [null, "", "x", "Pièce n° 5", "a\0b", "\u65E5\u672C", new string('y', 300)];

    private int _depth;

    public Random Random { get; } = new(seed);

    /// <summary>Every built-in type that a field may have, Variant included.</summary>
    public static IReadOnlyList<BuiltInType> Types { get; } = [.. ClrTypes.Keys, BuiltInType.Variant];

    public bool Maybe(int oneIn) => Random.Next(oneIn) == 0;

    public T Any<T>(IReadOnlyList<T> values) => values[Random.Next(values.Count)];

    public string? Text() => Any(Texts);

    /// <summary>A scalar; of type Variant, any value at all.</summary>
    public Variant Scalar(BuiltInType type) => type == BuiltInType.Variant ? Variant() : IndustrieFutur.Edge.OpcUa.Types.Variant.OfScalar(type, Of(ClrTypes[type]));

    public Variant Elements(BuiltInType type, int count, int[]? dimensions = null)
    {
        var clr = type == BuiltInType.Variant ? typeof(Variant) : ClrTypes[type];
        return IndustrieFutur.Edge.OpcUa.Types.Variant.OfArray(type, type == BuiltInType.Byte ? Bytes(count) : ArrayOf(clr, count), dimensions);
    }

    public Variant Variant()
    {
        if (++_depth > DepthMax || Maybe(12))
        {
            _depth--;
            return IndustrieFutur.Edge.OpcUa.Types.Variant.Null;
        }

        var type = Any(Types);
        var value = type != BuiltInType.Variant && Maybe(2) ? Scalar(type)
            : Maybe(3) ? Elements(type, 6, [2, 3])
            : Elements(type, Random.Next(4));
        _depth--;
        return value;
    }

    /// <summary>A value of a CLR type that the generated structures have; structures with all their properties.</summary>
    public object? Of(Type clr)
    {
        if (clr.IsArray && clr != typeof(byte[]))
        {
            return Maybe(6) ? null : ArrayOf(clr.GetElementType()!, Random.Next(4));
        }

        return clr.IsEnum ? Any(Enum.GetValues(clr).Cast<object>().ToList())
            : clr.IsAssignableTo(typeof(IUaStructure)) ? Filled(clr)
            : Simple(clr);
    }

    /// <summary>A generated structure.</summary>
    public IUaStructure Filled(Type structure)
    {
        var value = (IUaStructure)Activator.CreateInstance(structure)!;
        foreach (var property in structure.GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(value, Of(property.PropertyType));
        }

        return value;
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Random.NextBytes(bytes);
        return bytes;
    }

    private Array ArrayOf(Type element, int count)
    {
        var array = Array.CreateInstance(element, count);
        for (var i = 0; i < count; i++)
        {
            array.SetValue(Of(element), i);
        }

        return array;
    }

    private object? Simple(Type clr) => clr.Name switch
    {
        nameof(Boolean) => Maybe(2),
        nameof(SByte) => (sbyte)Random.Next(),
        nameof(Byte) => (byte)Random.Next(),
        nameof(Int16) => (short)Random.Next(),
        nameof(UInt16) => (ushort)Random.Next(),
        nameof(Int32) => Any([int.MinValue, -1, 0, Random.Next()]),
        nameof(UInt32) => Any([uint.MaxValue, 0u, (uint)Random.Next()]),
        nameof(Int64) => Any([long.MinValue, -1L, 0L, Random.NextInt64()]),
        nameof(UInt64) => Any([ulong.MaxValue, 0ul, (ulong)Random.NextInt64()]),
        nameof(Single) => Any([float.NaN, -0f, float.PositiveInfinity, Random.NextSingle()]),
        nameof(Double) => Any([double.NaN, -0.0, double.NegativeInfinity, Random.NextDouble()]),
        nameof(String) => Text(),
        nameof(Guid) => new Guid(Bytes(16)),
        "Byte[]" => Maybe(6) ? null : Bytes(Random.Next(40)),
        nameof(NodeId) => Id(),
        nameof(ExpandedNodeId) => new ExpandedNodeId(Id(), Maybe(2) ? "urn:a" : null, Maybe(2) ? 7u : 0u),
        nameof(QualifiedName) => new QualifiedName((ushort)Random.Next(9), Text()),
        nameof(LocalizedText) => new LocalizedText(Text(), Text()),
        nameof(ExtensionObject) => Extension(),
        nameof(DataValue) => Data(),
        nameof(IndustrieFutur.Edge.OpcUa.Types.Variant) => Variant(),
        nameof(DiagnosticInfo) => Diagnostic(),
        _ => throw new NotSupportedException($"A structure has a property of type {clr}."),
    };

    private NodeId Id() => Random.Next(6) switch
    {
        0 => new NodeId(0, (uint)Random.Next(256)),
        1 => new NodeId((ushort)Random.Next(256), (uint)Random.Next(65_536)),
        2 => new NodeId((ushort)Random.Next(65_536), (uint)Random.Next()),
        3 => new NodeId(3, "Cell.\u00C4xis"),
        4 => new NodeId(4, new Guid(Bytes(16))),
        _ => new NodeId(5, Bytes(5)),
    };

    private ExtensionObject Extension() => Random.Next(4) switch
    {
        0 => ExtensionObject.Null,
        1 => new ExtensionObject(new NodeId(9, 1), ExtensionObjectEncoding.None, null),
        2 => new ExtensionObject(new NodeId(9, 2), ExtensionObjectEncoding.XmlElement, "<a/>"u8.ToArray()),
        _ => new ExtensionObject(new NodeId(9, 3), ExtensionObjectEncoding.ByteString, Bytes(Random.Next(20))),
    };

    private DataValue Data()
    {
        var fields = (DataValueFields)Random.Next(64);
        return new DataValue
        {
            Fields = fields,
            Value = fields.HasFlag(DataValueFields.Value) ? Variant() : default,
            Status = (uint)Random.Next(),
            SourceTimestamp = Random.NextInt64(),
            SourcePicoseconds = (ushort)Random.Next(10_000),
            ServerTimestamp = Random.NextInt64(),
            ServerPicoseconds = (ushort)Random.Next(10_000),
        };
    }

    private DiagnosticInfo? Diagnostic() => Maybe(2) ? null : new DiagnosticInfo
    {
        SymbolicId = Random.Next(), // One without any part is none.
        NamespaceUri = Maybe(2) ? null : Random.Next(),
        Locale = Maybe(2) ? null : Random.Next(),
        LocalizedText = Maybe(2) ? null : Random.Next(),
        AdditionalInfo = Maybe(2) ? null : "more",
        InnerStatusCode = Maybe(2) ? null : (uint)Random.Next(),
        Inner = Diagnostic(),
    };
}
