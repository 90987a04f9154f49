using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>An event filter that was checked: which events a client wants, and which of their fields (OPC UA Part 4, 7.22.3).</summary>
/// <param name="Clauses">A clause that was refused is null: its field is null in every event.</param>
internal sealed record EventSelection(AddressSpace Space, SelectClause?[] Clauses, WhereClause Where)
{
    public bool Wants(UaEvent happened) => Where.Passes(happened, Space);

    public Variant[] FieldsOf(UaEvent happened)
    {
        var fields = new Variant[Clauses.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = Clauses[i]?.Of(happened, Space) ?? Variant.Null;
        }

        return fields;
    }
}
