using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>Read, Write and Call answer each operation by itself, and refuse what is not right (OPC UA Part 4, 5.11 and 5.12).</summary>
public sealed class NodeServicesTests
{
    private static readonly NodeId Nowhere = new(1, "Nowhere");

    [Fact]
    public void Each_node_that_is_read_gets_its_own_answer()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();

        var results = Read(session, TimestampsToReturn.Both,
            Of(ServerBed.Speed), Of(Nowhere), Of(ServerBed.Hidden), Of(ServerBed.Cell), Of(ServerBed.Speed, 99), Of(ServerBed.Speed, AttributeIds.BrowseName));

        Assert.Equal(
            [StatusCodes.Good, StatusCodes.BadNodeIdUnknown, StatusCodes.BadNotReadable, StatusCodes.BadAttributeIdInvalid, StatusCodes.BadAttributeIdInvalid, StatusCodes.Good],
            results.Select(result => result.Status));
        Assert.Equal(1.5, results[0].Value.Value);
        Assert.True(results[0].SourceTimestamp > 0 && results[0].ServerTimestamp >= results[0].SourceTimestamp);
        Assert.Equal(new QualifiedName(1, "Speed"), results[5].Value.Value);
        Assert.Equal(0, results[5].SourceTimestamp);
    }

    [Theory]
    [InlineData(TimestampsToReturn.Source, true, false)]
    [InlineData(TimestampsToReturn.Server, false, true)]
    [InlineData(TimestampsToReturn.Both, true, true)]
    [InlineData(TimestampsToReturn.Neither, false, false)]
    public void Only_the_times_that_were_asked_for_are_sent(TimestampsToReturn timestamps, bool hasSource, bool hasServer)
    {
        using var bed = new ServerBed();
        using var session = bed.Open();

        var result = Assert.Single(Read(session, timestamps, Of(ServerBed.Speed)));

        Assert.Equal((hasSource, hasServer), (result.SourceTimestamp != 0, result.ServerTimestamp != 0));
    }

    [Fact]
    public void A_part_is_read_and_an_encoding_that_there_is_not_is_refused()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        ReadValueId Encoded(NodeId node, string name) => new() { NodeId = node, AttributeId = AttributeIds.Value, DataEncoding = new(0, name) };
        ReadValueId Part(string range) => new() { NodeId = ServerBed.Counts, AttributeId = AttributeIds.Value, IndexRange = range };
        var status = new NodeId(0, NodeIds.ServerStatus);

        var results = Read(session, TimestampsToReturn.Neither,
            Part("1:2"), Part("7"), Part("x"), Encoded(ServerBed.Speed, "Default Binary"), Encoded(status, "Default Binary"), Encoded(status, "Default XML"));

        Assert.Equal("[2, 3]", results[0].Value.ToString());
        Assert.Equal(
            [StatusCodes.BadIndexRangeNoData, StatusCodes.BadIndexRangeInvalid, StatusCodes.BadDataEncodingInvalid, StatusCodes.Good, StatusCodes.BadDataEncodingUnsupported],
            results.Skip(1).Select(result => result.Status));
        Assert.True(((ExtensionObject)results[4].Value.Value!).TryDecode<ServerStatusDataType>(out var told));
        Assert.Equal(ServerState.Running, told.State);
    }

    [Fact]
    public void A_request_that_makes_no_sense_is_refused_as_a_whole()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { NodesPerReadMax = 2 });
        using var session = bed.Open();
        var before = bed.Server.Counters.RefusedRequests;
        uint Refusal(ReadRequest request) => Assert.Throws<UaException>(() => session.Invoke(request)).Status;

        Assert.Equal(StatusCodes.BadNothingToDo, Refusal(new ReadRequest()));
        Assert.Equal(StatusCodes.BadTooManyOperations, Refusal(new ReadRequest { NodesToRead = [Of(Nowhere), Of(Nowhere), Of(Nowhere)] }));
        Assert.Equal(StatusCodes.BadMaxAgeInvalid, Refusal(new ReadRequest { MaxAge = -1, NodesToRead = [Of(Nowhere)] }));
        Assert.Equal(StatusCodes.BadMaxAgeInvalid, Refusal(new ReadRequest { MaxAge = double.NaN, NodesToRead = [Of(Nowhere)] }));
        Assert.Equal(StatusCodes.BadTimestampsToReturnInvalid, Refusal(new ReadRequest { TimestampsToReturn = TimestampsToReturn.Invalid, NodesToRead = [Of(Nowhere)] }));
        Assert.Equal(before + 5, bed.Server.Counters.RefusedRequests);
    }

    [Fact]
    public void Only_what_may_be_written_is_and_with_the_right_type()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();

        var results = session.Write(
        [
            Writing(ServerBed.Speed, Variant.Of(2.5)), Writing(ServerBed.Speed, Variant.Of(2)), Writing(ServerBed.Speed, Variant.Null),
            Writing(ServerBed.Speed, Variant.OfArray(BuiltInType.Double, new[] { 1.0 })), Writing(ServerBed.Fixed, Variant.Of("new")), Writing(Nowhere, Variant.Of(1)),
            Writing(ServerBed.Cell, Variant.Of(1)), Writing(ServerBed.Counts, Variant.OfArray(BuiltInType.Int32, new[] { 8 }), "1"),
            Writing(ServerBed.Counts, Variant.OfArray(BuiltInType.Int32, new[] { 8 }), "x"),
        ]);

        Assert.Equal(
            [
                StatusCodes.Good, StatusCodes.BadTypeMismatch, StatusCodes.BadTypeMismatch, StatusCodes.BadTypeMismatch, StatusCodes.BadNotWritable,
                StatusCodes.BadNodeIdUnknown, StatusCodes.BadAttributeIdInvalid, StatusCodes.Good, StatusCodes.BadIndexRangeInvalid,
            ],
            results);
        Assert.Equal(["2.5", "[1, 8, 3, 4, 5]"], session.Read([ServerBed.Speed, ServerBed.Counts]).Select(value => value.Value.ToString()));
    }

    [Fact]
    public void A_time_or_a_status_is_written_only_where_the_node_allows_it()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        var variable = bed.Space.Get<UaVariable>(ServerBed.Speed);
        var write = Writing(ServerBed.Speed, Variant.Of(3.5));
        write.Value.SourceTimestamp = UaTime.UnixEpoch;
        write.Value.Fields |= DataValueFields.SourceTimestamp;

        Assert.Equal(StatusCodes.BadWriteNotSupported, session.Write([write])[0]);
        variable.AccessLevel |= AccessLevels.TimestampWrite;
        Assert.Equal(StatusCodes.Good, session.Write([write])[0]);

        Assert.Equal(UaTime.UnixEpoch, session.Read([ServerBed.Speed])[0].SourceTimestamp);
    }

    [Fact]
    public void What_a_node_does_itself_with_what_is_written_decides()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        bed.Space.Get<UaVariable>(ServerBed.Speed).WriteHandler = write => (double)write.Value.Value.Value! > 10 ? StatusCodes.BadOutOfRange : StatusCodes.GoodClamped;

        Assert.Equal([StatusCodes.BadOutOfRange, StatusCodes.GoodClamped], session.Write([Writing(ServerBed.Speed, Variant.Of(11.0)), Writing(ServerBed.Speed, Variant.Of(9.0))]));
        Assert.Equal(1.5, session.Read([ServerBed.Speed])[0].Value.Value);
    }

    [Fact]
    public void A_method_is_called_with_the_arguments_that_it_declares()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        CallMethodRequest Adding(params Variant[] arguments) => new() { ObjectId = ServerBed.Cell, MethodId = ServerBed.Add, InputArguments = arguments };

        var results = session.Call(
        [
            Adding(Variant.Of(2), Variant.Of(3)), Adding(Variant.Of(2)), Adding(Variant.Of(2), Variant.Of(3), Variant.Of(4)), Adding(Variant.Of(2), Variant.Of("3")),
            new CallMethodRequest { ObjectId = Nowhere, MethodId = ServerBed.Add },
            new CallMethodRequest { ObjectId = ServerBed.Cell, MethodId = ServerBed.Speed },
            new CallMethodRequest { ObjectId = new NodeId(0, NodeIds.Server), MethodId = ServerBed.Add },
            new CallMethodRequest { ObjectId = ServerBed.Cell, MethodId = ServerBed.Idle },
        ]);

        Assert.Equal(
            [
                StatusCodes.Good, StatusCodes.BadArgumentsMissing, StatusCodes.BadTooManyArguments, StatusCodes.BadInvalidArgument,
                StatusCodes.BadNodeIdUnknown, StatusCodes.BadMethodInvalid, StatusCodes.BadMethodInvalid, StatusCodes.BadNotExecutable,
            ],
            results.Select(result => result.StatusCode));
        Assert.Equal(5, results[0].OutputArguments![0].Value);
        Assert.Equal([StatusCodes.Good, StatusCodes.BadTypeMismatch], results[3].InputArgumentResults!);
    }

    [Fact]
    public void A_method_that_fails_by_a_mistake_of_ours_costs_its_own_request_only()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        bed.Space.Get<UaMethod>(ServerBed.Idle).Handler = _ => throw new InvalidOperationException("Broken inside.");

        var refusal = Assert.Throws<UaException>(
            () => session.Invoke(new CallRequest { MethodsToCall = [new() { ObjectId = ServerBed.Cell, MethodId = ServerBed.Idle }] }));

        Assert.Equal(StatusCodes.BadInternalError, refusal.Status);
        bed.WaitUntilTold("Broken inside.");
        Assert.Equal(StatusCodes.Good, session.Read([ServerBed.Speed])[0].Status);
    }

    [Fact]
    public void History_is_not_kept_and_services_that_are_not_offered_are_refused()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();

        var history = session.Invoke(new HistoryReadRequest { NodesToRead = [new() { NodeId = ServerBed.Speed }, new() { NodeId = Nowhere }] });
        var refusal = Assert.Throws<UaException>(() => session.Invoke(new RegisterServerRequest()));

        Assert.Equal([StatusCodes.BadHistoryOperationUnsupported, StatusCodes.BadNodeIdUnknown], history.Results!.Select(result => result.StatusCode));
        Assert.Equal(StatusCodes.BadServiceUnsupported, refusal.Status);
    }

    private static ReadValueId Of(NodeId node, uint attribute = AttributeIds.Value) => new() { NodeId = node, AttributeId = attribute };

    private static DataValue[] Read(UaSession session, TimestampsToReturn timestamps, params ReadValueId[] nodes) =>
        session.Invoke(new ReadRequest { TimestampsToReturn = timestamps, NodesToRead = nodes }).Results!;

    private static WriteValue Writing(NodeId node, Variant value, string? range = null) =>
        new() { NodeId = node, AttributeId = AttributeIds.Value, IndexRange = range, Value = new DataValue(value) };
}
