namespace IndustrieFutur.Edge.OpcUa.Types.Structures;

/// <summary>How the data types of namespace 0 that are no structures are encoded (OPC UA Part 5, 12 and Part 6, 5.1).</summary>
internal static class SimpleTypes
{
    /// <summary>Number, Integer and UInteger: a value that says its own type.</summary>
    private const uint NumberFirst = 26;

    private const uint NumberLast = 28;

    private const uint Enumeration = 29;

    /// <summary>Subtypes of built-in types that structures use: an id, and what it is on the wire.</summary>
    private static readonly Dictionary<uint, BuiltInType> Subtypes = new()
    {
        [30] = BuiltInType.ByteString, // Image and its formats
        [2000] = BuiltInType.ByteString,
        [2001] = BuiltInType.ByteString,
        [2002] = BuiltInType.ByteString,
        [2003] = BuiltInType.ByteString,
        [288] = BuiltInType.UInt32, // IntegerId
        [289] = BuiltInType.UInt32, // Counter
        [290] = BuiltInType.Double, // Duration
        [291] = BuiltInType.String, // NumericRange
        [294] = BuiltInType.DateTime, // UtcTime
        [295] = BuiltInType.String, // LocaleId
        [311] = BuiltInType.ByteString, // ApplicationInstanceCertificate
        [388] = BuiltInType.NodeId, // SessionAuthenticationToken
        [521] = BuiltInType.ByteString, // ContinuationPoint
        [12877] = BuiltInType.String, // NormalizedString
        [12878] = BuiltInType.String, // DecimalString
        [12879] = BuiltInType.String, // DurationString
        [12880] = BuiltInType.String, // TimeString
        [12881] = BuiltInType.String, // DateString
        [20998] = BuiltInType.UInt32, // VersionTime
        [17588] = BuiltInType.UInt32, // Index
        [31917] = BuiltInType.UInt32, // Handle
        [23751] = BuiltInType.String, // UriString
        [24263] = BuiltInType.String, // SemanticVersionString
        [31918] = BuiltInType.String, // TrimmedString
        [25726] = BuiltInType.String, // EncodedTicket
        [16307] = BuiltInType.ByteString, // AudioDataType
        [11737] = BuiltInType.UInt64, // BitFieldMaskDataType
        [94] = BuiltInType.UInt32, // PermissionType
        [95] = BuiltInType.UInt16, // AccessRestrictionType
        [347] = BuiltInType.UInt32, // AttributeWriteMask
        [15031] = BuiltInType.Byte, // AccessLevelType
        [15033] = BuiltInType.Byte, // EventNotifierType
        [15406] = BuiltInType.UInt32, // AccessLevelExType
        [32251] = BuiltInType.UInt16, // AlarmMask
    };

    public static bool TryFind(NodeId dataType, out BuiltInType type)
    {
        type = BuiltInType.Null;
        if (dataType.NamespaceIndex != 0 || dataType.IdType != NodeIdType.Numeric || dataType.Numeric == 0)
        {
            return false;
        }

        type = dataType.Numeric switch
        {
            <= (uint)BuiltInType.DiagnosticInfo => (BuiltInType)dataType.Numeric,
            >= NumberFirst and <= NumberLast => BuiltInType.Variant,
            Enumeration => BuiltInType.Int32,
            _ => Subtypes.GetValueOrDefault(dataType.Numeric),
        };
        return type != BuiltInType.Null;
    }
}
