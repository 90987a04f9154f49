using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.OpcUa.Types.Structures;

namespace IndustrieFutur.Edge.Drivers.OpcUa.Orders;

/// <summary>What a server's data types are on the wire, as far as numbers are concerned.</summary>
internal static class OpcUaDataTypes
{
    /// <summary>Steps from a data type up to the built-in type it derives from.</summary>
    private const int SupertypesMax = 16;

    /// <summary>Null when the server does not say.</summary>
    public static BuiltInType? Find(UaSession session, NodeId dataType)
    {
        for (var step = 0; step < SupertypesMax && !dataType.IsNull; step++)
        {
            if (StructureDictionary.TryFindBuiltIn(dataType, out var builtIn))
            {
                return builtIn;
            }

            var up = session.Browse(
                [
                    new BrowseDescription
                    {
                        NodeId = dataType,
                        BrowseDirection = BrowseDirection.Inverse,
                        ReferenceTypeId = new NodeId(0, NodeIds.HasSubtype),
                        IncludeSubtypes = true,
                    },
                ],
                1)[0];
            dataType = up.References is [var first, ..] && first.NodeId.TryResolve(session.NamespaceUris, out var node) ? node : NodeId.Null;
        }

        return null;
    }

    /// <summary>A variable of any number takes each; all others take their own type alone.</summary>
    public static bool Accepts(BuiltInType ofServer, OpcUaNumber configured) =>
        ofServer == BuiltInType.Variant || ofServer == OpcUaNumbers.WireTypeOf(configured);
}
