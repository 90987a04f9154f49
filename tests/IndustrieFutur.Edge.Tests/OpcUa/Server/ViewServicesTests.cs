using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>Browse, BrowseNext, paths and registered nodes (OPC UA Part 4, 5.9).</summary>
public sealed class ViewServicesTests
{
    private static readonly NodeId Types = new(0, NodeIds.BaseObjectType);
    private static readonly NodeId Nowhere = new(1, "Nowhere");

    [Fact]
    public void A_browse_in_pieces_finds_what_a_browse_at_once_finds()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        var wanted = ViewServices.ChildrenOf(Types);
        wanted.ReferenceTypeId = default;

        var whole = session.Invoke(new BrowseRequest { NodesToBrowse = [wanted] }).Results![0];
        var first = session.Invoke(new BrowseRequest { RequestedMaxReferencesPerNode = 7, NodesToBrowse = [wanted] }).Results![0];
        var pieces = new List<ReferenceDescription>(first.References!);
        for (var point = first.ContinuationPoint; point is not null;)
        {
            var next = Next(session, point);
            Assert.Equal(StatusCodes.Good, next.StatusCode);
            pieces.AddRange(next.References!);
            point = next.ContinuationPoint;
        }

        Assert.True(whole.References!.Length > 20);
        Assert.Equal(7, first.References!.Length);
        Assert.Equal(whole.References.Select(reference => reference.NodeId), pieces.Select(reference => reference.NodeId));
    }

    [Fact]
    public void A_continuation_point_serves_once_and_not_after_it_was_given_back()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        var used = Begin(session);
        var released = Begin(session);

        Assert.Equal(StatusCodes.Good, Next(session, used).StatusCode);
        Assert.Equal(StatusCodes.BadContinuationPointInvalid, Next(session, used).StatusCode);
        Assert.Equal(StatusCodes.Good, Next(session, released, isReleased: true).StatusCode);
        Assert.Equal(StatusCodes.BadContinuationPointInvalid, Next(session, released).StatusCode);
        Assert.Equal(StatusCodes.BadContinuationPointInvalid, Next(session, []).StatusCode);
    }

    [Fact]
    public void Of_too_many_continuation_points_the_oldest_of_earlier_requests_gives_way_and_none_of_this_one()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { ContinuationPointsMax = 2 });
        using var session = bed.Open();
        var oldest = Begin(session);
        var older = Begin(session);
        var newest = Begin(session);

        Assert.Equal(StatusCodes.BadContinuationPointInvalid, Next(session, oldest).StatusCode);
        Assert.NotNull(older);
        var results = session.Invoke(new BrowseRequest { RequestedMaxReferencesPerNode = 1, NodesToBrowse = [Children(), Children(), Children()] }).Results!;

        Assert.Equal([StatusCodes.Good, StatusCodes.Good, StatusCodes.BadNoContinuationPoints], results.Select(result => result.StatusCode));
        Assert.Equal(StatusCodes.BadContinuationPointInvalid, Next(session, newest).StatusCode);
    }

    [Fact]
    public void Each_browse_that_is_not_right_is_refused_by_itself()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        var results = session.Invoke(new BrowseRequest
        {
            NodesToBrowse =
            [
                new() { NodeId = Nowhere },
                new() { NodeId = Types, BrowseDirection = BrowseDirection.Invalid },
                new() { NodeId = Types, ReferenceTypeId = ServerBed.Speed },
                new() { NodeId = ServerBed.Cell, NodeClassMask = (uint)NodeClass.Method },
            ],
        }).Results!;

        Assert.Equal(
            [StatusCodes.BadNodeIdUnknown, StatusCodes.BadBrowseDirectionInvalid, StatusCodes.BadReferenceTypeIdInvalid, StatusCodes.Good], results.Select(result => result.StatusCode));
        Assert.Equal([ServerBed.Add, ServerBed.Idle], results[3].References!.Select(reference => reference.NodeId.Node));
        Assert.All(results[3].References!, reference => Assert.Equal(default, reference.BrowseName));
        Assert.Equal(
            StatusCodes.BadViewIdUnknown,
            Assert.Throws<UaException>(() => session.Invoke(new BrowseRequest { View = new() { ViewId = Types }, NodesToBrowse = [Children()] })).Status);
    }

    [Fact]
    public void A_path_of_names_leads_to_its_node()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();

        var results = session.TranslateBrowsePaths(
        [
            Path(new NodeId(0, NodeIds.ObjectsFolder), "1:Cell", "1:Speed"), Path(ServerBed.Cell, "1:Slow"), Path(Nowhere, "1:Speed"), Path(ServerBed.Cell),
            new BrowsePath { StartingNode = ServerBed.Cell, RelativePath = new() { Elements = [new()] } },
        ]);

        Assert.Equal(
            [StatusCodes.Good, StatusCodes.BadNoMatch, StatusCodes.BadNodeIdUnknown, StatusCodes.BadNothingToDo, StatusCodes.BadBrowseNameInvalid],
            results.Select(result => result.StatusCode));
        var target = Assert.Single(results[0].Targets!);
        Assert.Equal(ServerBed.Speed, target.TargetId.Node);
        Assert.Equal(uint.MaxValue, target.RemainingPathIndex);
    }

    [Fact]
    public void Registered_nodes_keep_their_ids()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();

        Assert.Equal([ServerBed.Speed, Nowhere], session.RegisterNodes([ServerBed.Speed, Nowhere]));
        session.UnregisterNodes([ServerBed.Speed]);
        Assert.Equal(StatusCodes.BadNothingToDo, Assert.Throws<UaException>(() => session.Invoke(new UnregisterNodesRequest())).Status);
    }

    private static BrowseDescription Children() => new() { NodeId = Types, ResultMask = 63 };

    private static byte[] Begin(UaSession session) =>
        session.Invoke(new BrowseRequest { RequestedMaxReferencesPerNode = 1, NodesToBrowse = [Children()] }).Results![0].ContinuationPoint!;

    private static BrowseResult Next(UaSession session, byte[] point, bool isReleased = false) =>
        session.Invoke(new BrowseNextRequest { ReleaseContinuationPoints = isReleased, ContinuationPoints = [point] }).Results![0];

    private static BrowsePath Path(NodeId start, params string[] names) => new()
    {
        StartingNode = start,
        RelativePath = new RelativePath
        {
            Elements =
            [
                .. names.Select(name => new RelativePathElement
                {
                    ReferenceTypeId = new NodeId(0, NodeIds.HierarchicalReferences),
                    IncludeSubtypes = true,
                    TargetName = new QualifiedName(ushort.Parse(name.Split(':')[0], null), name.Split(':')[1]),
                }),
            ],
        },
    };
}
