using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>TranslateBrowsePathsToNodeIds (OPC UA Part 4, 5.9.4).</summary>
internal static class TranslateService
{
    /// <summary>Deeper than any model.</summary>
    private const int ElementsMax = 64;

    /// <summary>A path that is meant to name one node and leads to so many is none.</summary>
    private const int TargetsMax = 1_000;

    /// <summary>The whole path was followed.</summary>
    private const uint NothingRemains = uint.MaxValue;

    public static TranslateBrowsePathsToNodeIdsResponse Answer(TranslateBrowsePathsToNodeIdsRequest request, SessionContext session) => new()
    {
        Results = Operations.Each(request.BrowsePaths, session.Limits.NodesPerTranslateMax, path => Follow(path, session.Space)),
    };

    private static BrowsePathResult Follow(BrowsePath path, AddressSpace space)
    {
        var elements = path.RelativePath.Elements ?? [];
        var mistake = MistakeIn(elements);
        if (mistake != StatusCodes.Good)
        {
            return new BrowsePathResult { StatusCode = mistake };
        }

        var start = space.Find(path.StartingNode);
        if (start is null)
        {
            return new BrowsePathResult { StatusCode = StatusCodes.BadNodeIdUnknown };
        }

        var found = new HashSet<UaNode> { start };
        foreach (var element in elements)
        {
            found = Step(space, found, element);
            if (found.Count is 0 or > TargetsMax)
            {
                return new BrowsePathResult { StatusCode = found.Count == 0 ? StatusCodes.BadNoMatch : StatusCodes.BadQueryTooComplex };
            }
        }

        return new BrowsePathResult { Targets = [.. found.Select(node => new BrowsePathTarget { TargetId = node.Id, RemainingPathIndex = NothingRemains })] };
    }

    private static uint MistakeIn(RelativePathElement[] elements) =>
        elements.Length == 0 ? StatusCodes.BadNothingToDo
        : elements.Length > ElementsMax ? StatusCodes.BadQueryTooComplex
        : elements.Any(element => element.TargetName.Name is null) ? StatusCodes.BadBrowseNameInvalid
        : StatusCodes.Good;

    private static HashSet<UaNode> Step(AddressSpace space, HashSet<UaNode> from, RelativePathElement element)
    {
        var found = new HashSet<UaNode>();
        foreach (var node in from)
        {
            found.UnionWith(space.Step(node, element.ReferenceTypeId, element.IsInverse, element.IncludeSubtypes, element.TargetName));
        }

        return found;
    }
}
