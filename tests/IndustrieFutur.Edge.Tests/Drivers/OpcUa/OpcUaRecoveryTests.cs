using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa;

/// <summary>What the driver makes of losses in all their untidy forms: no signal stays Good that nobody watches.</summary>
public sealed class OpcUaRecoveryTests : IDisposable
{
    private readonly OpcUaDriverScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Subscriptions_that_were_lost_in_the_moment_the_link_was_are_made_anew()
    {
        _scene.Begin();

        _scene.Server.PublishFault(StatusCodes.BadNoSubscription);
        _scene.Server.PublishFault(StatusCodes.BadSessionClosed);
        _scene.StepUntilLost();
        _scene.Driver.Connect();
        _scene.PublishBoth(1, 2);
        _scene.StepUntil(() => _scene.Written.Contains((1, StatusCode.Good, 2)));

        Assert.Equal(2, _scene.Heard("CreateSubscription"));
    }

    [Fact]
    public void Types_that_a_failed_connection_could_not_read_are_read_by_the_next()
    {
        using var scene = new OpcUaDriverScene(field: "X");
        var asked = 0;
        DataValue Tell(ReadValueId node) => node.AttributeId switch
        {
            AttributeIds.DataType => new DataValue(Variant.Of(new NodeId(1, 5))),
            AttributeIds.DataTypeDefinition => new DataValue(Variant.Of(ExtensionObject.Of(new StructureDefinition { Fields = [] }))),
            _ => scene.Server.ValueOf(node),
        };
        scene.Server.On((ReadRequest request) => new ReadResponse
        {
            ResponseHeader = new ResponseHeader
            {
                ServiceResult = request.NodesToRead![0].AttributeId == AttributeIds.DataTypeDefinition && ++asked == 1 ? StatusCodes.BadOutOfMemory : StatusCodes.Good,
            },
            Results = [.. request.NodesToRead!.Select(Tell)],
        });

        Assert.Throws<LinkLostException>(scene.Driver.Connect);
        scene.Driver.Connect();

        Assert.Equal(2, asked);
    }

    [Fact]
    public void Before_what_follows_a_gap_the_last_values_are_doubted()
    {
        _scene.Begin();

        _scene.Server.PublishValues(_scene.Server.LastSubscription, 3, ("a", new DataValue(Variant.Of(3))));
        _scene.StepUntil(() => _scene.Written.Contains((0, StatusCode.Good, 3)));

        Assert.Equal(
            [(0, StatusCode.UncertainLastUsableValue, 1), (1, StatusCode.UncertainLastUsableValue, 1), (0, StatusCode.Good, 3)],
            _scene.Written.Skip(2).Take(3));
    }

    [Fact]
    public void A_refusal_at_the_log_in_is_answered_with_certificates_and_user_read_anew()
    {
        _scene.Begin();
        _scene.Server.PublishFault(StatusCodes.BadSessionClosed);
        _scene.StepUntilLost();

        _scene.Server.Refuse<ActivateSessionRequest>(StatusCodes.BadIdentityTokenRejected);
        Assert.Equal(LinkRefusal.Client, Assert.Throws<LinkLostException>(_scene.Driver.Connect).Refusal);
        _scene.Server.On((ActivateSessionRequest _) => new ActivateSessionResponse { ServerNonce = new byte[32] });
        _scene.Driver.Connect();

        Assert.Equal(2, _scene.SettingsRead);
        _scene.PublishBoth(1, 2);
        _scene.StepUntil(() => _scene.Written.Contains((1, StatusCode.Good, 2)));
    }

    [Fact]
    public void Whoever_waits_for_a_server_that_falls_silent_while_it_is_connected_to_is_called_meanwhile()
    {
        _scene.Server.Ignore<ActivateSessionRequest>();

        var looks = 0;
        Assert.Throws<OperationCanceledException>(() => _scene.Driver.Connect(() =>
        {
            if (_scene.Heard("(ignored)") == 1 && ++looks == 3)
            {
                _scene.Driver.Cancel();
            }
        }));

        Assert.Equal(3, looks);
    }

    [Fact]
    public void Values_said_by_a_connection_that_failed_are_doubted_again()
    {
        _scene.Begin();
        _scene.Server.PublishFault(StatusCodes.BadSessionClosed);
        _scene.StepUntilLost();

        // The last message comes by Republish, and then the line breaks again.
        var message = _scene.Server.MessageOf(2, ("a", new DataValue(Variant.Of(2))));
        _scene.Server.On((RepublishRequest request) => new RepublishResponse
        {
            ResponseHeader = new ResponseHeader { ServiceResult = request.RetransmitSequenceNumber == 2 ? StatusCode.Good : StatusCodes.BadSessionClosed },
            NotificationMessage = message,
        });
        Assert.Throws<LinkLostException>(_scene.Driver.Connect);
        var isNews = _scene.Driver.Doubt(0);
        _scene.Drain();

        Assert.True(isNews);
        Assert.Equal([(0, StatusCode.Good, 2), (0, StatusCode.UncertainLastUsableValue, 2)], _scene.Written.TakeLast(2));
    }
}
