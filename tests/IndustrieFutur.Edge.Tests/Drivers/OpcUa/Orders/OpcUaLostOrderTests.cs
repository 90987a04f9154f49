using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa.Orders;

/// <summary>An order whose answer does not come is told as that, and nobody sends it again: not the client, not a resumed session.</summary>
public sealed class OpcUaLostOrderTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly OpcUaOrderScene _scene;

    public OpcUaLostOrderTests()
    {
        _server.WatchAll();
        _server.On((ReadRequest request) => new ReadResponse { Results = [.. request.NodesToRead!.Select(ValueOf)] });
        _server.On((TranslateBrowsePathsToNodeIdsRequest request) => new TranslateBrowsePathsToNodeIdsResponse
        {
            Results = [.. request.BrowsePaths!.Select(_ => new BrowsePathResult { StatusCode = StatusCodes.BadNoMatch })],
        });
        _scene = new OpcUaOrderScene(
            Settings,
            new OpcUaTargetOptions { Node = "nsu=urn:cell;s=variable", Type = OpcUaNumber.F64 },
            new OpcUaTargetOptions { Object = "nsu=urn:cell;s=object", Method = "nsu=urn:cell;s=method" });
        _scene.Driver.Connect();
    }

    [Fact]
    public void A_write_that_is_not_answered_is_unknown_and_was_sent_once()
    {
        _server.Ignore<WriteRequest>();

        var answer = _scene.Execute(0, 1);

        Assert.Equal(new OrderAnswer(OrderVerdict.Unanswered, StatusCodes.BadTimeout, "no answer came: BadTimeout"), answer);
        Assert.Equal(1, Heard("(ignored)"));
    }

    [Fact]
    public void A_link_that_is_cut_by_a_call_is_resumed_without_calling_again()
    {
        _server.On<CallRequest, CallResponse>(_ => throw new UaException(StatusCodes.BadConnectionClosed, "The script hangs up before it answers."));

        var answer = _scene.Execute(1);
        var lost = Record.Exception(() => StepFor(2));
        _scene.Driver.Disconnect();
        _scene.Driver.Connect();
        StepFor(2);

        Assert.Equal(OrderVerdict.Unanswered, answer.Verdict);
        Assert.IsType<LinkLostException>(lost);
        Assert.Equal(1, Heard("Call"));
        Assert.Equal(2, Heard("ActivateSession"));
    }

    [Theory]
    [InlineData(StatusCodes.BadTimeout)]
    [InlineData(StatusCodes.BadCommunicationError)]
    [InlineData(StatusCodes.BadInternalError)]
    public void A_server_that_does_not_know_what_became_of_it_has_not_refused_it(uint status)
    {
        _server.On((WriteRequest _) => new WriteResponse { Results = [status] });

        var answer = _scene.Execute(0, 1);

        Assert.Equal((OrderVerdict.Unanswered, status), (answer.Verdict, answer.Code));
    }

    [Fact]
    public void A_service_that_is_refused_whole_is_rejected_with_its_name()
    {
        _server.Refuse<WriteRequest>(StatusCodes.BadUserAccessDenied);

        var answer = _scene.Execute(0, 1);

        Assert.Equal(OrderAnswer.Rejected(StatusCodes.BadUserAccessDenied, "BadUserAccessDenied (0x801F0000)"), answer);
    }

    [Fact]
    public void An_answer_without_a_result_or_an_argument_that_is_faulted_in_a_good_one_is_not_taken()
    {
        _server.On((WriteRequest _) => new WriteResponse());
        _server.On((CallRequest _) => new CallResponse { Results = [new CallMethodResult { InputArgumentResults = [StatusCodes.BadOutOfRange] }] });

        Assert.Equal(OrderVerdict.Unanswered, _scene.Execute(0, 1).Verdict);
        Assert.Equal(OrderVerdict.Rejected, _scene.Execute(1).Verdict);
    }

    [Fact]
    public void What_the_server_adds_to_a_good_answer_is_told()
    {
        _server.On((WriteRequest _) => new WriteResponse { Results = [StatusCodes.GoodClamped] });

        Assert.Equal(new OrderAnswer(OrderVerdict.Taken, StatusCodes.GoodClamped, "GoodClamped"), _scene.Execute(0, 1));
    }

    [Fact]
    public void A_server_that_lets_nothing_be_looked_up_keeps_its_signals_and_gets_no_order()
    {
        _server.Refuse<TranslateBrowsePathsToNodeIdsRequest>(StatusCodes.BadServiceUnsupported);
        _scene.Driver.Disconnect();

        _scene.Driver.Connect();
        StepFor(1);

        Assert.Equal(new OrderAnswer(OrderVerdict.NotSent, 0, "the server does not let it be looked up: BadServiceUnsupported"), _scene.Execute(0, 1));
        Assert.Equal(0, Heard("Write"));
    }

    public void Dispose()
    {
        _scene.Dispose();
        _server.Dispose();
    }

    private SessionSettings Settings() => SubscriptionScene.SettingsFor(_server) with
    {
        Channel = new ChannelSettings { RequestTimeout = TimeSpan.FromMilliseconds(500) },
    };

    private int Heard(string request) => _server.Heard.Count(heard => heard == request);

    private void StepFor(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            _scene.Driver.Step(MonoClock.NowNanos());
        }
    }

    private DataValue ValueOf(ReadValueId read)
    {
        var index = (ushort)1;
        return (read.NodeId.Text, read.AttributeId) switch
        {
            (null, _) => _server.ValueOf(read),
            (var name, AttributeIds.BrowseName) => new DataValue(Variant.Of(new QualifiedName(index, name))),
            ("variable", AttributeIds.NodeClass) => new DataValue(Variant.Of((int)NodeClass.Variable)),
            (_, AttributeIds.NodeClass) => new DataValue(Variant.Of((int)NodeClass.Method)),
            (_, AttributeIds.DataType) => new DataValue(Variant.Of(new NodeId(0, NodeIds.DoubleDataType))),
            (_, AttributeIds.ValueRank) => new DataValue(Variant.Of(-1)),
            _ => new DataValue { Fields = DataValueFields.Status, Status = StatusCodes.BadAttributeIdInvalid },
        };
    }
}
