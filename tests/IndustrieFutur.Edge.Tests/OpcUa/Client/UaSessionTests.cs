using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>A session is opened as it was configured or not at all, there is one at a time, and it is closed on every way out.</summary>
public sealed class UaSessionTests : IDisposable
{
    /// <summary>For tests that wait for an answer that does not come.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private readonly ScriptedServer _server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_connection_reads_what_the_server_is_and_takes()
    {
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));
        _server.On((ReadRequest request) => new ReadResponse { Results = [.. request.NodesToRead!.Select(LimitedValue)] });

        Assert.Equal(SessionStart.Created, session.Connect(Stop));

        Assert.Equal(["http://opcfoundation.org/UA/", "urn:cell"], session.NamespaceUris);
        Assert.Equal(5u, session.Limits.NodesPerRead);
        Assert.Equal(ServerState.Running, session.ServerState);
        Assert.True(session.ClockOffset.HasValue);
        Assert.InRange(session.ClockOffset.Nanos, -1_000_000_000, 1_000_000_000);
    }

    [Fact]
    public void Host_and_port_stay_those_that_were_configured()
    {
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));

        session.Connect(Stop);

        // The scripted discovery names a host that nobody resolves.
        Assert.True(session.IsConnected);
        Assert.Contains("a-name-that-nobody-resolves", session.ChosenEndpoint!.EndpointUrl, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_is_not_offered_is_replaced_by_no_other()
    {
        _server.Endpoints[0].SecurityPolicyUri = SecurityPolicies.Basic256Sha256.Uri;
        _server.Endpoints[0].SecurityMode = MessageSecurityMode.SignAndEncrypt;
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));

        var refusal = Assert.Throws<UaException>(() => session.Connect(Stop));

        Assert.Equal(StatusCodes.BadSecurityPolicyRejected, refusal.Status);
        Assert.Contains("Basic256Sha256 with SignAndEncrypt", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("CreateSession", _server.Heard);
    }

    [Fact]
    public void A_session_without_security_must_be_allowed()
    {
        var settings = SubscriptionScene.SettingsFor(_server) with { AllowInsecure = false };

        Assert.Contains("allowInsecure", Assert.Throws<ArgumentException>(() => new UaSession(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_lists_other_endpoints_within_the_session_is_left()
    {
        _server.On((CreateSessionRequest _) => new CreateSessionResponse
        {
            AuthenticationToken = new NodeId(0, 7001),
            ServerNonce = new byte[32],
            ServerEndpoints = [],
        });
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));

        var refusal = Assert.Throws<UaException>(() => session.Connect(Stop));

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, refusal.Status);
        Assert.Equal(["GetEndpoints", "CreateSession", "CloseSession"], _server.Heard);
        Assert.False(session.HasSession);
    }

    [Fact]
    public void A_password_that_would_leave_in_clear_is_not_sent()
    {
        _server.Endpoints[0].UserIdentityTokens = [new UserTokenPolicy { PolicyId = "user", TokenType = UserTokenType.UserName }];
        var wasAsked = false;
        var settings = SubscriptionScene.SettingsFor(_server) with
        {
            Identity = new UserIdentity.UserPassword("operator", () =>
            {
                wasAsked = true;
                return "secret"u8.ToArray();
            }),
        };
        using var session = new UaSession(settings);

        var refusal = Assert.Throws<UaException>(() => session.Connect(Stop));

        Assert.Equal(StatusCodes.BadSecurityModeInsufficient, refusal.Status);
        Assert.False(wasAsked);
        Assert.DoesNotContain("ActivateSession", _server.Heard);
    }

    [Fact]
    public void A_user_who_is_refused_leaves_no_session_behind()
    {
        _server.Refuse<ActivateSessionRequest>(StatusCodes.BadUserAccessDenied);
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));

        var refusal = Assert.Throws<UaException>(() => session.Connect(Stop));

        Assert.Equal(StatusCodes.BadUserAccessDenied, refusal.Status);
        Assert.Equal("CloseSession", _server.Heard[^1]);
        Assert.DoesNotContain("7001", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_session_that_may_not_go_on_is_closed_before_a_new_one_is_made()
    {
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));
        session.Connect(Stop);
        session.Drop();
        var activations = 0;
        _server.On((ActivateSessionRequest _) => new ActivateSessionResponse
        {
            ServerNonce = new byte[32],
            ResponseHeader = new ResponseHeader { ServiceResult = activations++ == 0 ? StatusCodes.BadNonceInvalid : StatusCodes.Good },
        });

        Assert.Equal(SessionStart.Created, session.Connect(Stop));

        var heard = _server.Heard.Where(service => service.EndsWith("Session", StringComparison.Ordinal)).ToList();
        Assert.Equal(["CreateSession", "ActivateSession", "ActivateSession", "CloseSession", "CreateSession", "ActivateSession"], heard);
    }

    [Fact]
    public void An_old_session_that_the_server_does_not_answer_about_is_tried_again_and_no_other_made()
    {
        var settings = SubscriptionScene.SettingsFor(_server);
        using var session = new UaSession(settings with { Channel = new ChannelSettings { RequestTimeout = Short } });
        session.Connect(Stop);
        session.Drop();
        _server.Ignore<ActivateSessionRequest>();
        Assert.Equal(StatusCodes.BadTimeout, Assert.Throws<UaException>(() => session.Connect(Stop)).Status);
        _server.On((ActivateSessionRequest _) => new ActivateSessionResponse { ServerNonce = new byte[32] });

        Assert.Equal(SessionStart.Resumed, session.Connect(Stop));

        Assert.Equal(1, _server.Heard.Count(service => service == "CreateSession"));
    }

    [Fact]
    public void The_end_of_a_session_is_told_to_the_server_even_after_a_stop()
    {
        using var stop = new CancellationTokenSource();
        using (var session = new UaSession(SubscriptionScene.SettingsFor(_server)))
        {
            session.Connect(stop.Token);
            stop.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => session.Pump(long.MaxValue));
        }

        Assert.Equal("CloseSession", _server.Heard[^1]);
    }

    [Fact]
    public void A_stop_ends_a_wait_at_once()
    {
        using var stop = new CancellationTokenSource();
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));
        session.Connect(stop.Token);
        stop.CancelAfter(Short);
        var startNanos = MonoTime.NowNanos();

        Assert.ThrowsAny<OperationCanceledException>(() => session.Pump(long.MaxValue));

        Assert.InRange(MonoTime.NowNanos() - startNanos, 0, 5_000_000_000);
    }

    [Fact]
    public void An_end_that_the_server_does_not_confirm_does_not_hold_us()
    {
        var session = new UaSession(SubscriptionScene.SettingsFor(_server));
        session.Connect(Stop);
        _server.Ignore<CloseSessionRequest>();
        var startNanos = MonoTime.NowNanos();

        session.Close(Short);

        Assert.InRange(MonoTime.NowNanos() - startNanos, Short.Ticks * 100, 5_000_000_000);
        Assert.False(session.HasSession);
    }

    [Fact]
    public void An_answer_that_comes_too_late_is_dropped()
    {
        using var release = new ManualResetEventSlim();
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));
        session.Connect(Stop);
        _server.On((CallRequest _) =>
        {
            release.Wait(TimeSpan.FromSeconds(20), Stop);
            return new CallResponse();
        });

        var results = session.Call([new CallMethodRequest()], Short);
        release.Set();
        var state = session.AskForState();

        Assert.Equal(StatusCodes.BadTimeout, results[0].StatusCode);
        Assert.Equal(ServerState.Running, state);
        Assert.Equal((1, 1), (session.Counters.LateAnswers, session.Counters.Timeouts));
    }

    [Fact]
    public void A_write_whose_answer_is_missing_is_not_sent_again()
    {
        var settings = SubscriptionScene.SettingsFor(_server) with { Channel = new ChannelSettings { RequestTimeout = Short } };
        using var session = new UaSession(settings);
        session.Connect(Stop);
        _server.Ignore<WriteRequest>();

        var results = session.Write([new WriteValue { Value = new DataValue(Variant.Of(1)) }]);

        Assert.Equal([StatusCodes.BadTimeout], results);
        Assert.Equal(1, _server.Heard.Count(service => service == "(ignored)"));
    }

    [Fact]
    public void A_session_that_has_nothing_to_say_asks_now_and_then()
    {
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server) with { SessionTimeout = TimeSpan.FromSeconds(1) });
        session.Connect(Stop);
        var before = session.Counters.KeepAliveReads;

        var untilNanos = MonoTime.NowNanos() + 10_000_000_000;
        while (session.Counters.KeepAliveReads == before && MonoTime.NowNanos() < untilNanos)
        {
            session.Pump(untilNanos);
        }

        Assert.Equal(before + 1, session.Counters.KeepAliveReads);
    }

    [Fact]
    public void A_value_that_cannot_be_decoded_costs_its_own_result_and_not_the_link()
    {
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));
        session.Connect(Stop);
        _server.On((ReadRequest request) => new ReadResponse { Results = [.. request.NodesToRead!.Select(OddValue)] });

        var values = session.Read([new NodeId(1, 1), new NodeId(1, 2), new NodeId(1, 3), new NodeId(1, 4)]);

        Assert.Equal([StatusCodes.Good, StatusCodes.BadDecodingError, StatusCodes.BadDecodingError, StatusCodes.Good], values.Select(value => value.Status));
        Assert.Equal([1, null, null, 4], values.Select(value => value.Value.Value));
        Assert.True(session.IsConnected);
    }

    [Fact]
    public void A_session_that_the_server_has_long_ended_is_forgotten()
    {
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server) with { SessionTimeout = TimeSpan.FromSeconds(1) });
        session.Connect(Stop);
        session.Drop();
        Assert.True(session.HasSession);

        Assert.True(SpinWait.SpinUntil(() => !session.HasSession, TimeSpan.FromSeconds(10)));

        session.Connect(Stop);
        Assert.Equal(2, _server.Heard.Count(service => service == "CreateSession"));
        Assert.Equal(2, _server.Heard.Count(service => service == "ActivateSession"));
    }

    [Fact]
    public void A_session_that_is_made_while_we_stop_is_closed()
    {
        using var stop = new CancellationTokenSource();
        using var seen = new ManualResetEventSlim();
        _server.On((CreateSessionRequest _) =>
        {
            // The client looks for a stop every few milliseconds; its answer is on the way a little later than that.
            stop.Cancel();
            seen.Wait(TimeSpan.FromMilliseconds(100), Stop);
            return new CreateSessionResponse { AuthenticationToken = new NodeId(0, 7001), ServerNonce = new byte[32], ServerEndpoints = [.. _server.Endpoints] };
        });
        using (var session = new UaSession(SubscriptionScene.SettingsFor(_server)))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => session.Connect(stop.Token));
            Assert.DoesNotContain("ActivateSession", _server.Heard);
        }

        Assert.Equal("CloseSession", _server.Heard[^1]);
    }

    [Fact]
    public void A_session_without_a_connection_says_so()
    {
        using var session = new UaSession(SubscriptionScene.SettingsFor(_server));

        Assert.Equal(StatusCodes.BadNotConnected, Assert.Throws<UaException>(() => session.AskForState()).Status);
    }

    public void Dispose() => _server.Dispose();

    /// <summary>Node 2 claims dimensions that it has not, alone; node 3 within another value, where nothing of the message can be trusted.</summary>
    private static DataValue OddValue(ReadValueId node)
    {
        var matrix = Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3 }, [2, 2]);
        return node.NodeId.Numeric switch
        {
            2 => new DataValue(matrix),
            3 => new DataValue(Variant.OfArray(BuiltInType.Variant, new[] { matrix })),
            var number => new DataValue(Variant.Of((int)number)),
        };
    }

    private static DataValue LimitedValue(ReadValueId node) => node.NodeId.Numeric switch
    {
        NodeIds.NamespaceArray => new DataValue(Variant.OfArray(BuiltInType.String, new[] { "http://opcfoundation.org/UA/", "urn:cell" })),
        NodeIds.ServerStatusState => new DataValue(Variant.Of(0)),
        NodeIds.MaxNodesPerRead => new DataValue(Variant.Of(5u)),
        _ => new DataValue { Fields = DataValueFields.Status, Status = StatusCodes.BadNodeIdUnknown },
    };
}
