using System.Text;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;
using IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>
/// A session goes to another channel only with the same client and the same user; on its own channel its user may change
/// (OPC UA Part 4, 5.7.3.1). Asked at the wire, for our own client would ask for none of this.
/// </summary>
public sealed class SessionUserTests : IDisposable
{
    private const string Policy = "Basic256Sha256";
    private const MessageSecurityMode Secured = MessageSecurityMode.SignAndEncrypt;

    private static readonly UserIdentity Operator = Password("operator", "secret");
    private static readonly UserIdentity Viewer = Password("viewer", "secret");
    private static readonly UserIdentity Holder = new UserIdentity.UserCertificate(TestCertificates.Stranger);
    private static readonly UserIdentity Anonymous = new UserIdentity.Anonymous();

    private readonly ServerBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Theory]
    [InlineData("None", MessageSecurityMode.None, "anonymous")]
    [InlineData("None", MessageSecurityMode.None, "viewer")]
    [InlineData("None", MessageSecurityMode.None, "holder")]
    [InlineData(Policy, Secured, "anonymous")]
    [InlineData(Policy, Secured, "viewer")]
    [InlineData(Policy, Secured, "holder")]
    public void On_another_channel_no_other_user_gets_the_session_whatever_he_proves(string policy, MessageSecurityMode mode, string other)
    {
        using var own = new UserChannel(_bed, policy, mode);
        using var next = new UserChannel(_bed, policy, mode);
        var session = own.Create();
        own.Activate(session, Operator);

        var refusal = next.Refusal(session, other switch { "viewer" => Viewer, "holder" => Holder, _ => Anonymous });

        Assert.Equal(StatusCodes.BadIdentityChangeNotSupported, refusal);
        Assert.Equal(StatusCodes.BadSecureChannelIdInvalid, Assert.Throws<UaException>(() => CallerOf(next, session)).Status);
        Assert.Equal("operator", CallerOf(own, session));
        Assert.Equal(1, _bed.Server.Counters.SecurityRefusals);
        _bed.WaitUntilTold("another user than its own");
    }

    [Fact]
    public void A_user_does_not_get_the_session_of_an_anonymous_client_either()
    {
        using var own = new UserChannel(_bed, Policy, Secured);
        using var next = new UserChannel(_bed, Policy, Secured);
        var session = own.Create();
        own.Activate(session, Anonymous);

        Assert.Equal(StatusCodes.BadIdentityChangeNotSupported, next.Refusal(session, Operator));
        Assert.Null(CallerOf(own, session));
    }

    [Fact]
    public void Who_only_claims_to_be_the_same_user_gets_nothing()
    {
        using var own = new UserChannel(_bed, Policy, Secured);
        using var next = new UserChannel(_bed, Policy, Secured);
        var session = own.Create();
        own.Activate(session, Operator);

        Assert.Equal(StatusCodes.BadUserAccessDenied, next.Refusal(session, Password("operator", "guess")));
        Assert.Equal("operator", CallerOf(own, session));
    }

    [Theory]
    [InlineData("None", MessageSecurityMode.None)]
    [InlineData(Policy, Secured)]
    public void The_same_user_gets_it_and_its_subscriptions_carry_on(string policy, MessageSecurityMode mode)
    {
        using var own = new UserChannel(_bed, policy, mode);
        using var next = new UserChannel(_bed, policy, mode);
        var session = own.Create();
        own.Activate(session, Operator);
        var id = own.Ask(new CreateSubscriptionRequest { RequestedPublishingInterval = 20, RequestedMaxKeepAliveCount = 10, RequestedLifetimeCount = 10_000, PublishingEnabled = true }, session).SubscriptionId;
        own.Ask(new CreateMonitoredItemsRequest { SubscriptionId = id, ItemsToCreate = [Wanted.Item(ServerBed.Speed)] }, session);
        Assert.Equal(1.5, Published(own, session, id));

        next.Activate(session, Operator);
        next.Ask(new WriteRequest { NodesToWrite = [new() { NodeId = ServerBed.Speed, AttributeId = AttributeIds.Value, Value = new DataValue(Variant.Of(2.5)) }] }, session);

        Assert.Equal(2.5, Published(next, session, id));
        Assert.Equal("operator", CallerOf(next, session));
        Assert.Equal(StatusCodes.BadSecureChannelIdInvalid, Assert.Throws<UaException>(() => CallerOf(own, session)).Status);
        Assert.Equal((1, 0L), (_bed.Server.SessionCount, _bed.Server.Counters.SecurityRefusals));
    }

    [Fact]
    public void On_its_own_channel_the_user_of_a_session_may_change()
    {
        using var own = new UserChannel(_bed, Policy, Secured);
        var session = own.Create();
        foreach (var (user, name) in new[] { (Anonymous, null), (Operator, "operator"), (Viewer, "viewer"), (Viewer, "viewer"), (Holder, "CN=stranger"), (Anonymous, null) })
        {
            own.Activate(session, user);
            Assert.Equal(name, CallerOf(own, session));
        }
    }

    [Fact]
    public void After_a_change_the_session_is_the_new_users()
    {
        using var own = new UserChannel(_bed, Policy, Secured);
        using var next = new UserChannel(_bed, Policy, Secured);
        var session = own.Create();
        own.Activate(session, Operator);
        own.Activate(session, Viewer);

        Assert.Equal(StatusCodes.BadIdentityChangeNotSupported, next.Refusal(session, Operator));
        next.Activate(session, Viewer);
        Assert.Equal("viewer", CallerOf(next, session));
    }

    [Fact]
    public void A_change_that_is_refused_leaves_the_user_as_he_was()
    {
        using var own = new UserChannel(_bed, Policy, Secured);
        var session = own.Create();
        own.Activate(session, Operator);

        Assert.Equal(StatusCodes.BadUserAccessDenied, own.Refusal(session, Password("viewer", "guess")));
        Assert.Equal("operator", CallerOf(own, session));
    }

    [Fact]
    public void Another_client_and_a_weaker_channel_get_nothing_although_the_user_is_right()
    {
        using var own = new UserChannel(_bed, Policy, Secured);
        using var stranger = new UserChannel(_bed, Policy, Secured, new ApplicationCertificate(TestCertificates.Large, ServerBed.ClientUri));
        using var signing = new UserChannel(_bed, Policy, MessageSecurityMode.Sign);
        using var bare = new UserChannel(_bed);
        var session = own.Create();
        own.Activate(session, Operator);

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, stranger.Refusal(session, Operator));
        Assert.Equal(StatusCodes.BadSecurityPolicyRejected, signing.Refusal(session, Operator));
        Assert.Equal(StatusCodes.BadSecurityPolicyRejected, bare.Refusal(session, Operator));
        Assert.Equal("operator", CallerOf(own, session));
    }

    private static UserIdentity.UserPassword Password(string user, string password) => new(user, () => Encoding.UTF8.GetBytes(password));

    /// <summary>For whom the server does what the session asks; null for anonymous.</summary>
    private string? CallerOf(UserChannel channel, SessionHandle session)
    {
        var call = new CallMethodRequest { ObjectId = ServerBed.Cell, MethodId = ServerBed.Add, InputArguments = [Variant.Of(2), Variant.Of(3)] };
        Assert.Equal(StatusCodes.Good, channel.Ask(new CallRequest { MethodsToCall = [call] }, session).Results!.Single().StatusCode);
        return _bed.LastCaller!.UserName;
    }

    /// <summary>The next value of the subscription's only item; keep-alives that come before are passed over.</summary>
    private static object? Published(UserChannel channel, SessionHandle session, uint subscription)
    {
        for (var patience = 0; patience < 100; patience++)
        {
            var response = channel.Ask(new PublishRequest(), session);
            Assert.Equal(subscription, response.SubscriptionId);
            if (response.NotificationMessage.Values().ToList() is [var item, ..])
            {
                return item.Value.Value.Value;
            }
        }

        throw new InvalidOperationException("A hundred answers hold no value.");
    }
}
