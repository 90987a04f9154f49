namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>A reference as its source says it: the inverse that a NodeSet may hold is the same one.</summary>
internal readonly record struct TableReference(TableId Source, TableId Type, TableId Target);
