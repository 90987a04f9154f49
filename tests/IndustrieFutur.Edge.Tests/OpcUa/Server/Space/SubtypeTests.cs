using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Space;

/// <summary>Whether one type is below another, for types of all four classes.</summary>
public sealed class SubtypeTests
{
    [Theory]
    [InlineData(NodeIds.HasProperty, NodeIds.HierarchicalReferences, true)]
    [InlineData(NodeIds.HasOrderedComponent, NodeIds.HasComponent, true)]
    [InlineData(NodeIds.HasComponent, NodeIds.HasComponent, true)]
    [InlineData(NodeIds.HasComponent, NodeIds.HasOrderedComponent, false)]
    [InlineData(NodeIds.HasTypeDefinition, NodeIds.HierarchicalReferences, false)]
    [InlineData(NodeIds.HasTypeDefinition, NodeIds.References, true)]
    [InlineData(NodeIds.DoubleDataType, NodeIds.NumberDataType, true)]
    [InlineData(NodeIds.UInt16DataType, NodeIds.UIntegerDataType, true)]
    [InlineData(NodeIds.UInt16DataType, NodeIds.IntegerDataType, false)]
    [InlineData(NodeIds.UtcTimeDataType, NodeIds.DateTimeDataType, true)]
    [InlineData(NodeIds.RangeDataType, NodeIds.StructureDataType, true)]
    [InlineData(NodeIds.AnalogItemType, NodeIds.BaseDataVariableType, true)]
    [InlineData(2915, NodeIds.BaseEventType, true)]
    [InlineData(NodeIds.BaseEventType, 2915, false)]
    [InlineData(999_999, NodeIds.BaseEventType, false)]
    public void A_type_is_of_another_when_that_lies_above_it(uint type, uint of, bool expected)
    {
        Assert.Equal(expected, Spaces.Shared.IsSubtype(new NodeId(0, type), new NodeId(0, of)));
    }
}
