using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>Our own client comes in by every door that the server has, and by no other.</summary>
public sealed class ServerSessionTests
{
    private static readonly NodeId CurrentTime = new(0, NodeIds.ServerStatusCurrentTime);

    private static readonly UserIdentity Operator = new UserIdentity.UserPassword("operator", () => "secret"u8.ToArray());
    private static readonly UserIdentity Holder = new UserIdentity.UserCertificate(TestCertificates.Stranger);
    private static readonly UserIdentity Guesser = new UserIdentity.UserPassword("operator", () => "guess"u8.ToArray());
    private static readonly UserIdentity Unknown = new UserIdentity.UserCertificate(TestCertificates.Large);

    public static TheoryData<string, MessageSecurityMode, string> Doors
    {
        get
        {
            var doors = new TheoryData<string, MessageSecurityMode, string>();
            foreach (var user in new[] { "anonymous", "password", "certificate" })
            {
                doors.Add("None", MessageSecurityMode.None, user);
                foreach (var policy in new[] { "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss" })
                {
                    doors.Add(policy, MessageSecurityMode.Sign, user);
                    doors.Add(policy, MessageSecurityMode.SignAndEncrypt, user);
                }
            }

            return doors;
        }
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public void Every_policy_takes_every_kind_of_user(string policy, MessageSecurityMode mode, string user)
    {
        using var bed = new ServerBed();
        using var session = bed.Open(bed.Client(policy, mode, user switch { "password" => Operator, "certificate" => Holder, _ => null }));

        var call = new CallMethodRequest { ObjectId = ServerBed.Cell, MethodId = ServerBed.Add, InputArguments = [Variant.Of(2), Variant.Of(3)] };
        var result = Assert.Single(session.Call([call]));

        Assert.Equal(StatusCodes.Good, result.StatusCode);
        Assert.Equal(5, result.OutputArguments![0].Value);
        Assert.Equal(user switch { "password" => "operator", "certificate" => "CN=stranger", _ => null }, bed.LastCaller!.UserName);
    }

    [Theory]
    [InlineData("None", MessageSecurityMode.None)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt)]
    public void Who_cannot_prove_who_he_is_stays_out(string policy, MessageSecurityMode mode)
    {
        using var bed = new ServerBed();

        Assert.Equal(StatusCodes.BadUserAccessDenied, Refusal(bed, bed.Client(policy, mode, Guesser)));
        Assert.Equal(StatusCodes.BadIdentityTokenRejected, Refusal(bed, bed.Client(policy, mode, Unknown)));
        Assert.Equal(2, bed.Server.Counters.SecurityRefusals);
        Assert.All(bed.Told, sentence => Assert.DoesNotContain("guess", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_client_that_nobody_trusts_opens_no_channel()
    {
        using var bed = new ServerBed();
        var settings = bed.Client("Basic256Sha256", MessageSecurityMode.SignAndEncrypt) with
        {
            Certificate = new(TestCertificates.Stranger, ServerBed.ClientUri),
        };

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Refusal(bed, settings));
        ServerBed.WaitUntil(() => bed.Server.Counters.SecurityRefusals == 1, "the refusal is counted");
        bed.WaitUntilTold("Nobody trusts it. Trust it.");
    }

    [Fact]
    public void Without_leave_a_channel_without_security_is_for_discovery_only()
    {
        using var bed = new ServerBed(change: settings => settings with
        {
            AllowInsecure = false,
            Endpoints = [.. settings.Endpoints.Where(endpoint => !endpoint.Policy.IsNone)],
        });
        using var channel = bed.OpenChannel();

        var endpoints = channel.Ask(new GetEndpointsRequest { EndpointUrl = bed.Address.Url }).Endpoints!;
        var refusal = Assert.Throws<UaException>(() => channel.Ask(new CreateSessionRequest { EndpointUrl = bed.Address.Url }));

        Assert.Equal(6, endpoints.Length);
        Assert.Equal(StatusCodes.BadSecurityPolicyRejected, refusal.Status);
    }

    [Fact]
    public void A_session_whose_connection_was_cut_is_resumed()
    {
        using var bed = new ServerBed();
        using var session = bed.Open(bed.Client("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, Operator));
        bed.Server.CutConnections();
        ServerBed.WaitUntil(() => bed.Server.ConnectionCount == 0, "the connection is gone");
        Assert.ThrowsAny<UaException>(() => session.Read([CurrentTime]));

        var start = session.Connect(TestContext.Current.CancellationToken);

        Assert.Equal(SessionStart.Resumed, start);
        Assert.Equal(StatusCodes.Good, session.Read([CurrentTime])[0].Status);
        Assert.Equal(1, bed.Server.Counters.Sessions);
    }

    [Fact]
    public void A_session_is_refused_where_all_places_are_taken_and_a_place_is_free_again_when_one_is_closed()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { SessionsMax = 2 });
        using var first = bed.Open();
        using var second = bed.Open();

        Assert.Equal(StatusCodes.BadTooManySessions, Refusal(bed, bed.Client()));
        second.Close(TimeSpan.FromSeconds(5));
        using var third = bed.Open();

        Assert.Equal(2, bed.Server.SessionCount);
        Assert.Equal(1, bed.Server.Counters.RefusedSessions);
    }

    [Fact]
    public void Of_sessions_that_nobody_activates_the_oldest_gives_way()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { SessionsMax = 2 });
        using var active = bed.Open();
        using var channel = bed.OpenChannel();
        var left = channel.Ask(new CreateSessionRequest()).AuthenticationToken;

        using var late = bed.Open();
        var refusal = Assert.Throws<UaException>(() => channel.Ask(new ActivateSessionRequest { RequestHeader = new() { AuthenticationToken = left } }));

        Assert.Equal(StatusCodes.BadSessionIdInvalid, refusal.Status);
        Assert.Equal(StatusCodes.Good, active.Read([CurrentTime])[0].Status);
        Assert.Equal(1, bed.Server.Counters.DroppedSessions);
    }

    [Fact]
    public void A_session_that_is_silent_for_too_long_ends()
    {
        using var bed = new ServerBed(new ServerLimitsSettings { SessionTimeoutMin = TimeSpan.FromMilliseconds(50) });
        using var session = bed.Open(bed.Client() with { SessionTimeout = TimeSpan.FromMilliseconds(50) });

        ServerBed.WaitUntil(() => bed.Server.SessionCount == 0, "the session's time is over");

        Assert.Equal(StatusCodes.BadSessionIdInvalid, Assert.ThrowsAny<UaException>(() => session.Read([CurrentTime])).Status);
        Assert.Equal(1, bed.Server.Counters.TimedOutSessions);
    }

    [Fact]
    public void A_session_belongs_to_its_channel_and_works_only_once_it_is_activated()
    {
        using var bed = new ServerBed();
        using var own = bed.OpenChannel();
        using var other = bed.OpenChannel();
        var header = new RequestHeader { AuthenticationToken = own.Ask(new CreateSessionRequest()).AuthenticationToken };
        var read = new ReadRequest { RequestHeader = header, NodesToRead = [new ReadValueId { NodeId = CurrentTime, AttributeId = AttributeIds.Value }] };

        Assert.Equal(StatusCodes.BadSessionNotActivated, Assert.Throws<UaException>(() => own.Ask(read)).Status);
        Assert.Equal(StatusCodes.BadSecureChannelIdInvalid, Assert.Throws<UaException>(() => other.Ask(new ActivateSessionRequest { RequestHeader = header })).Status);
        own.Ask(new ActivateSessionRequest { RequestHeader = header });
        Assert.Equal(StatusCodes.BadSecureChannelIdInvalid, Assert.Throws<UaException>(() => other.Ask(read)).Status);
        Assert.Equal(StatusCodes.Good, own.Ask(read).Results![0].Status);
    }

    [Fact]
    public void A_token_is_renewed_without_the_session_noticing()
    {
        using var bed = new ServerBed();
        var client = bed.Client("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt);
        using var session = bed.Open(client with { Channel = client.Channel with { Lifetime = TimeSpan.FromSeconds(3) } });

        ServerBed.WaitUntil(() => session.Read([CurrentTime])[0].Status == StatusCodes.Good && session.ChannelRenewals >= 2, "the token is renewed twice");

        Assert.Equal(1, bed.Server.Counters.Sessions);
        Assert.Equal(0, bed.Server.Counters.RefusedRequests);
    }

    private static uint Refusal(ServerBed bed, SessionSettings settings)
    {
        using var session = new UaSession(settings);
        Assert.Equal(bed.Address, settings.Endpoint);
        return Assert.ThrowsAny<UaException>(() => session.Connect(TestContext.Current.CancellationToken)).Status;
    }
}
