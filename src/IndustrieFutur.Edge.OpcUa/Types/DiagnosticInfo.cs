namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>A server's further explanation; we never ask for one and skip what comes (OPC UA Part 4, 7.12).</summary>
/// <remarks>The numbers index the string table of the response header; a part that was not sent is null.</remarks>
public sealed class DiagnosticInfo
{
    private const byte HasSymbolicId = 0x01;
    private const byte HasNamespaceUri = 0x02;
    private const byte HasLocalizedText = 0x04;
    private const byte HasLocale = 0x08;
    private const byte HasAdditionalInfo = 0x10;
    private const byte HasInnerStatusCode = 0x20;
    private const byte HasInner = 0x40;

    public int? SymbolicId { get; set; }

    public int? NamespaceUri { get; set; }

    public int? Locale { get; set; }

    public int? LocalizedText { get; set; }

    public string? AdditionalInfo { get; set; }

    public uint? InnerStatusCode { get; set; }

    public DiagnosticInfo? Inner { get; set; }

    /// <summary>Null when nothing was sent. The locale comes before the localized text, against the order of their bits (OPC UA Part 6, 5.2.2.12).</summary>
    internal static DiagnosticInfo? Read(ref UaReader reader)
    {
        var mask = reader.ReadByte();
        if (mask == 0)
        {
            return null;
        }

        return new DiagnosticInfo
        {
            SymbolicId = (mask & HasSymbolicId) != 0 ? reader.ReadInt32() : null,
            NamespaceUri = (mask & HasNamespaceUri) != 0 ? reader.ReadInt32() : null,
            Locale = (mask & HasLocale) != 0 ? reader.ReadInt32() : null,
            LocalizedText = (mask & HasLocalizedText) != 0 ? reader.ReadInt32() : null,
            AdditionalInfo = (mask & HasAdditionalInfo) != 0 ? reader.ReadString() ?? "" : null,
            InnerStatusCode = (mask & HasInnerStatusCode) != 0 ? reader.ReadStatusCode() : null,
            Inner = (mask & HasInner) != 0 ? ReadInner(ref reader) : null,
        };
    }

    internal static void Skip(ref UaReader reader)
    {
        var mask = reader.ReadByte();
        reader.Skip(((mask & HasSymbolicId) != 0 ? 4 : 0) + ((mask & HasNamespaceUri) != 0 ? 4 : 0)
            + ((mask & HasLocale) != 0 ? 4 : 0) + ((mask & HasLocalizedText) != 0 ? 4 : 0));
        if ((mask & HasAdditionalInfo) != 0)
        {
            reader.SkipString();
        }

        reader.Skip((mask & HasInnerStatusCode) != 0 ? 4 : 0);
        if ((mask & HasInner) != 0)
        {
            reader.Enter();
            Skip(ref reader);
            reader.Leave();
        }
    }

    internal static void Write(ref UaWriter writer, DiagnosticInfo? info)
    {
        if (info is null)
        {
            writer.WriteByte(0);
            return;
        }

        writer.WriteByte(info.Mask());
        WriteIfThere(ref writer, info.SymbolicId);
        WriteIfThere(ref writer, info.NamespaceUri);
        WriteIfThere(ref writer, info.Locale);
        WriteIfThere(ref writer, info.LocalizedText);
        if (info.AdditionalInfo is { } additional)
        {
            writer.WriteString(additional);
        }

        if (info.InnerStatusCode is { } status)
        {
            writer.WriteStatusCode(status);
        }

        if (info.Inner is { } inner)
        {
            Write(ref writer, inner);
        }
    }

    private static DiagnosticInfo? ReadInner(ref UaReader reader)
    {
        reader.Enter();
        var inner = Read(ref reader);
        reader.Leave();
        return inner;
    }

    private static void WriteIfThere(ref UaWriter writer, int? value)
    {
        if (value is { } number)
        {
            writer.WriteInt32(number);
        }
    }

    private byte Mask() => (byte)((SymbolicId is null ? 0 : HasSymbolicId) | (NamespaceUri is null ? 0 : HasNamespaceUri)
        | (Locale is null ? 0 : HasLocale) | (LocalizedText is null ? 0 : HasLocalizedText)
        | (AdditionalInfo is null ? 0 : HasAdditionalInfo) | (InnerStatusCode is null ? 0 : HasInnerStatusCode)
        | (Inner is null ? 0 : HasInner));
}
