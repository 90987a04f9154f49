namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>What is known of each field type: its name on the wire, its elements and their width.</summary>
public static class RtdeFieldTypes
{
    /// <summary>In the order of <see cref="RtdeFieldType"/>; the name is the enum's in capitals.</summary>
    private static readonly (int Elements, RtdeFieldType Element)[] Parts =
    [
        (1, RtdeFieldType.Bool), (1, RtdeFieldType.UInt8), (1, RtdeFieldType.UInt32), (1, RtdeFieldType.UInt64), (1, RtdeFieldType.Int32),
        (1, RtdeFieldType.Double), (3, RtdeFieldType.Double), (6, RtdeFieldType.Double), (6, RtdeFieldType.Int32), (6, RtdeFieldType.UInt32),
    ];

    private static readonly string[] Names = [.. Enum.GetNames<RtdeFieldType>().Select(name => name.ToUpperInvariant())];

    /// <summary>As it stands on the wire, "VECTOR6D".</summary>
    public static string NameOf(RtdeFieldType type) => Names[(int)type];

    /// <summary>How many numbers it holds.</summary>
    public static int ElementsOf(RtdeFieldType type) => Parts[(int)type].Elements;

    /// <summary>What each of them is.</summary>
    public static RtdeFieldType ElementOf(RtdeFieldType type) => Parts[(int)type].Element;

    public static int BytesOf(RtdeFieldType type) => ElementsOf(type) * ElementBytesOf(type);

    /// <summary>The width of one element.</summary>
    public static int ElementBytesOf(RtdeFieldType type) => ElementOf(type) switch
    {
        RtdeFieldType.Bool or RtdeFieldType.UInt8 => 1,
        RtdeFieldType.UInt32 or RtdeFieldType.Int32 => 4,
        _ => 8,
    };

    /// <summary>Exact: a controller writes capitals.</summary>
    public static bool TryParse(string name, out RtdeFieldType type)
    {
        var place = Array.IndexOf(Names, name);
        type = (RtdeFieldType)Math.Max(0, place);
        return place >= 0;
    }
}
