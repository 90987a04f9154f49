using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa.Orders;

/// <summary>Holds the arguments of a method as they are configured against those that the server declares (OPC UA Part 3, 5.7 and 8.6).</summary>
internal sealed class OpcUaArgumentCheck(UaSession session)
{
    private const string Property = "InputArguments";

    public void Judge(OpcUaCommandTarget[] calls)
    {
        var found = session.TranslateBrowsePaths([.. calls.Select(call => new BrowsePath { StartingNode = call.Node, RelativePath = ToProperty() })]);
        var nodes = new List<(OpcUaCommandTarget Call, NodeId Node)>();
        for (var i = 0; i < calls.Length; i++)
        {
            if (found[i].Targets is [var property, ..] && property.TargetId.TryResolve(session.NamespaceUris, out var node))
            {
                nodes.Add((calls[i], node));
            }
            else if (calls[i].Options.Arguments.Count > 0)
            {
                // A method without arguments has no such property.
                calls[i].Fail($"the method takes no argument on the server, and \"arguments\" has {calls[i].Options.Arguments.Count}");
            }
        }

        var values = session.Read([.. nodes.Select(pair => pair.Node)]);
        for (var i = 0; i < nodes.Count; i++)
        {
            Judge(nodes[i].Call, values[i]);
        }
    }

    private void Judge(OpcUaCommandTarget call, DataValue value)
    {
        var declared = (value.Value.Value as ExtensionObject[] ?? [])
            .Select(wrapped => wrapped.TryDecode<Argument>(out var argument) ? argument : null).ToArray();
        var configured = call.Options.Arguments;
        if (StatusCode.IsBad(value.Status) || declared.Contains(null))
        {
            call.Fail($"the server does not say what arguments the method takes: {StatusCodes.NameOf(value.Status)}");
        }
        else if (declared.Length != configured.Count)
        {
            call.Fail($"the method takes {declared.Length} arguments on the server, and \"arguments\" has {configured.Count}");
        }

        for (var i = 0; i < declared.Length && call.Fault is null; i++)
        {
            var type = OpcUaDataTypes.Find(session, declared[i]!.DataType);
            if (declared[i]!.ValueRank >= 0 || type is null || !OpcUaDataTypes.Accepts(type.Value, configured[i]))
            {
                var what = declared[i]!.ValueRank >= 0 ? "an array" : type?.ToString() ?? "of an unknown type";
                call.Fail($"argument {i + 1}, {OpcUaNode.Short(declared[i]!.Name ?? "")}, is {what} on the server, and \"arguments\" says \"{OpcUaTargetOptions.NameOf(configured[i])}\"");
            }
        }
    }

    private static RelativePath ToProperty() => new()
    {
        Elements =
        [
            new RelativePathElement
            {
                ReferenceTypeId = new NodeId(0, NodeIds.HasProperty),
                IncludeSubtypes = true,
                TargetName = new QualifiedName(0, Property),
            },
        ],
    };
}
