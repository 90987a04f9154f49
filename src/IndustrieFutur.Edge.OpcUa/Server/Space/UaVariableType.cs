using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A type of variables (OPC UA Part 3, 5.6.5).</summary>
public sealed class UaVariableType(NodeId id, QualifiedName browseName) : UaType(id, browseName)
{
    public NodeId DataType { get; init; } = new(0, NodeIds.BaseDataType);

    /// <summary>-1 scalar, -2 any, -3 scalar or one dimension, 0 one or more, n dimensions.</summary>
    public int ValueRank { get; init; } = -1;

    public uint[]? ArrayDimensions { get; init; }

    public override NodeClass NodeClass => NodeClass.VariableType;

    private protected override DataValue? ClassAttribute(uint attributeId) => attributeId switch
    {
        AttributeIds.DataType => Answer(Variant.Of(DataType)),
        AttributeIds.ValueRank => Answer(Variant.Of(ValueRank)),
        AttributeIds.ArrayDimensions when ValueRank > 0 => Answer(Variant.OfArray(BuiltInType.UInt32, ArrayDimensions ?? new uint[ValueRank])),
        AttributeIds.IsAbstract => Answer(Variant.Of(IsAbstract)),
        _ => null,
    };
}
