// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure EventFilterResult of the OPC UA services, binary encoding i=736.</summary>
public sealed class EventFilterResult : IUaStructure<EventFilterResult>
{
    public const uint Id = 736;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint[]? SelectClauseResults { get; set; }

    public DiagnosticInfo?[]? SelectClauseDiagnosticInfos { get; set; }

    public ContentFilterResult WhereClauseResult { get; set; } = new();

    public static EventFilterResult Decode(ref UaReader reader)
    {
        var value = new EventFilterResult();
        value.SelectClauseResults = reader.ReadStatusCodeArray();
        value.SelectClauseDiagnosticInfos = reader.ReadDiagnosticInfoArray();
        value.WhereClauseResult = ContentFilterResult.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCodeArray(SelectClauseResults);
        writer.WriteDiagnosticInfoArray(SelectClauseDiagnosticInfos);
        WhereClauseResult.Encode(ref writer);
    }
}
