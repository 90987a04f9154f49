using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>Browse and BrowseNext (OPC UA Part 4, 5.9.2 and 5.9.3).</summary>
internal static class BrowseService
{
    public static BrowseResponse Answer(BrowseRequest request, SessionContext session)
    {
        Operations.Check(request.NodesToBrowse, session.Limits.NodesPerBrowseMax);
        if (!request.View.ViewId.IsNull)
        {
            throw new UaException(StatusCodes.BadViewIdUnknown, $"A client browses the view {request.View.ViewId}; there are no views here.");
        }

        session.Points.BeginRequest();
        var referencesMax = (int)Math.Min(request.RequestedMaxReferencesPerNode, (uint)session.Limits.ReferencesPerNodeMax);
        referencesMax = referencesMax == 0 ? session.Limits.ReferencesPerNodeMax : referencesMax;
        return new BrowseResponse { Results = Array.ConvertAll(request.NodesToBrowse!, wanted => Browse(wanted, session, referencesMax)) };
    }

    public static BrowseNextResponse Answer(BrowseNextRequest request, SessionContext session)
    {
        Operations.Check(request.ContinuationPoints, session.Limits.NodesPerBrowseMax);
        session.Points.BeginRequest();
        return new BrowseNextResponse
        {
            Results = Array.ConvertAll(request.ContinuationPoints!, point => Next(point, request.ReleaseContinuationPoints, session.Points)),
        };
    }

    private static BrowseResult Next(byte[]? point, bool isReleased, ContinuationPoints points) =>
        !points.TryTake(point, out var rest, out var referencesMax) ? Refusal(StatusCodes.BadContinuationPointInvalid)
        : isReleased ? new BrowseResult()
        : Portion(rest, referencesMax, points);

    private static BrowseResult Browse(BrowseDescription wanted, SessionContext session, int referencesMax)
    {
        var space = session.Space;
        var node = space.Find(wanted.NodeId);
        if (node is null)
        {
            return Refusal(StatusCodes.BadNodeIdUnknown);
        }

        if (wanted.BrowseDirection is < BrowseDirection.Forward or > BrowseDirection.Both)
        {
            return Refusal(StatusCodes.BadBrowseDirectionInvalid);
        }

        return wanted.ReferenceTypeId.IsNull || space.Find(wanted.ReferenceTypeId) is UaReferenceType
            ? Portion(References(space, node, wanted), referencesMax, session.Points)
            : Refusal(StatusCodes.BadReferenceTypeIdInvalid);
    }

    private static ReferenceDescription[] References(AddressSpace space, UaNode node, BrowseDescription wanted)
    {
        var found = new List<ReferenceDescription>();
        foreach (var reference in node.References)
        {
            if (IsAsked(reference, wanted) && space.IsWanted(reference.Type, wanted.ReferenceTypeId, wanted.IncludeSubtypes))
            {
                found.Add(Describe(reference, (BrowseResultMask)wanted.ResultMask));
            }
        }

        return [.. found];
    }

    private static bool IsAsked(in UaReference reference, BrowseDescription wanted) =>
        (wanted.BrowseDirection == BrowseDirection.Both || reference.IsForward == (wanted.BrowseDirection == BrowseDirection.Forward))
        && (wanted.NodeClassMask == 0 || (wanted.NodeClassMask & (uint)reference.Target.NodeClass) != 0);

    private static ReferenceDescription Describe(in UaReference reference, BrowseResultMask mask)
    {
        var target = reference.Target;
        var description = new ReferenceDescription { NodeId = target.Id };
        description.ReferenceTypeId = Has(mask, BrowseResultMask.ReferenceType) ? reference.Type : default;
        description.IsForward = Has(mask, BrowseResultMask.IsForward) && reference.IsForward;
        description.NodeClass = Has(mask, BrowseResultMask.NodeClass) ? target.NodeClass : NodeClass.Unspecified;
        description.BrowseName = Has(mask, BrowseResultMask.BrowseName) ? target.BrowseName : default;
        description.DisplayName = Has(mask, BrowseResultMask.DisplayName) ? target.DisplayName : default;
        description.TypeDefinition = Has(mask, BrowseResultMask.TypeDefinition) ? target.TypeDefinition?.Id ?? default : default;
        return description;
    }

    private static bool Has(BrowseResultMask mask, BrowseResultMask field) => (mask & field) != 0;

    private static BrowseResult Portion(ReferenceDescription[] references, int referencesMax, ContinuationPoints points)
    {
        if (references.Length <= referencesMax)
        {
            return new BrowseResult { References = references };
        }

        var point = points.Add(references[referencesMax..], referencesMax);
        return point is null
            ? Refusal(StatusCodes.BadNoContinuationPoints)
            : new BrowseResult { References = references[..referencesMax], ContinuationPoint = point };
    }

    private static BrowseResult Refusal(uint status) => new() { StatusCode = status };
}
