using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Long answers that come in pieces are put together, and no piece is left waiting on the server.</summary>
public sealed class ContinuationTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly UaSession _session;
    private readonly List<bool> _nexts = [];

    public ContinuationTests()
    {
        _session = new UaSession(SubscriptionScene.SettingsFor(_server));
        _session.Connect(TestContext.Current.CancellationToken);
        _server.On((BrowseNextRequest request) =>
        {
            _nexts.Add(request.ReleaseContinuationPoints);
            return new BrowseNextResponse { Results = [.. request.ContinuationPoints!.Select(point => Page(point![0]))] };
        });
    }

    [Fact]
    public void A_browse_in_pieces_becomes_whole()
    {
        _server.On((BrowseRequest request) => new BrowseResponse { Results = [.. request.NodesToBrowse!.Select(_ => Page(0))] });

        var results = _session.Browse([ViewServices.ChildrenOf(new NodeId(0, 85)), ViewServices.ChildrenOf(new NodeId(0, 86))]);

        Assert.All(results, result => Assert.Equal(["0", "1", "2"], result.References!.Select(reference => reference.BrowseName.Name)));
        Assert.All(results, result => Assert.Null(result.ContinuationPoint));
        Assert.DoesNotContain(true, _nexts);
    }

    [Fact]
    public void What_is_not_wanted_any_more_is_given_back()
    {
        _server.On((BrowseRequest _) => new BrowseResponse { Results = [Page(0)] });

        var result = _session.BrowseChildren(new NodeId(0, 85), referencesMax: 2);

        Assert.Equal(StatusCodes.GoodMoreData, result.StatusCode);
        Assert.Equal(2, result.References!.Length);
        Assert.Equal([false, true], _nexts);
    }

    [Fact]
    public void A_node_for_which_the_server_had_no_continuation_point_is_browsed_alone()
    {
        _server.On((BrowseRequest request) => new BrowseResponse
        {
            Results = [.. request.NodesToBrowse!.Select((_, i) => i == 0 ? Page(0) : new BrowseResult { StatusCode = StatusCodes.BadNoContinuationPoints })],
        });

        var results = _session.Browse([ViewServices.ChildrenOf(new NodeId(0, 85)), ViewServices.ChildrenOf(new NodeId(0, 86))]);

        Assert.All(results, result => Assert.Equal(3, result.References!.Length));
    }

    [Fact]
    public void History_in_pieces_becomes_whole()
    {
        _server.On((HistoryReadRequest request) => new HistoryReadResponse { Results = [.. request.NodesToRead!.Select(HistoryPage)] });

        var histories = _session.HistoryReadRaw([new NodeId(1, 1), new NodeId(1, 2)], 1, 2);

        Assert.All(histories, history => Assert.Equal([0, 1, 2], history.Values.Select(value => (int)value.Value.Value!)));
        Assert.All(histories, history => Assert.True(history.IsComplete));
    }

    [Fact]
    public void History_that_is_enough_is_cut_and_its_rest_given_back()
    {
        var released = 0;
        _server.On((HistoryReadRequest request) =>
        {
            released += request.ReleaseContinuationPoints ? 1 : 0;
            return new HistoryReadResponse { Results = [.. request.NodesToRead!.Select(HistoryPage)] };
        });

        var history = _session.HistoryReadRaw([new NodeId(1, 1)], 1, 2, valuesPerNodeMax: 2)[0];

        Assert.Equal(2, history.Values.Count);
        Assert.False(history.IsComplete);
        Assert.Equal(1, released);
    }

    [Fact]
    public void A_browse_that_goes_on_for_ever_without_references_is_ended()
    {
        var endless = new BrowseResult { References = [], ContinuationPoint = [1] };
        _server.On((BrowseRequest _) => new BrowseResponse { Results = [endless] });
        _server.On((BrowseNextRequest request) =>
        {
            _nexts.Add(request.ReleaseContinuationPoints);
            return new BrowseNextResponse { Results = [endless] };
        });

        var result = _session.BrowseChildren(new NodeId(0, 85));

        Assert.Equal(StatusCodes.GoodMoreData, result.StatusCode);
        Assert.Equal([false, false, false, true], _nexts);
    }

    [Fact]
    public void History_that_goes_on_for_ever_without_values_is_ended()
    {
        var released = 0;
        _server.On((HistoryReadRequest request) =>
        {
            released += request.ReleaseContinuationPoints ? 1 : 0;
            return new HistoryReadResponse { Results = [new HistoryReadResult { ContinuationPoint = [1] }] };
        });

        var history = _session.HistoryReadRaw([new NodeId(1, 1)], 1, 2)[0];

        Assert.False(history.IsComplete);
        Assert.Equal(1, released);
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
    }

    /// <summary>Page 0, 1 or 2; the last has no continuation point.</summary>
    private static BrowseResult Page(byte number) => new()
    {
        References = [new ReferenceDescription { BrowseName = new QualifiedName(0, $"{number}") }],
        ContinuationPoint = number < 2 ? [(byte)(number + 1)] : null,
    };

    private static HistoryReadResult HistoryPage(HistoryReadValueId node)
    {
        var number = node.ContinuationPoint is [var page, ..] ? page : 0;
        return new HistoryReadResult
        {
            ContinuationPoint = number < 2 ? [(byte)(number + 1)] : null,
            HistoryData = ExtensionObject.Of(new HistoryData { DataValues = [new DataValue(Variant.Of((int)number))] }),
        };
    }
}
