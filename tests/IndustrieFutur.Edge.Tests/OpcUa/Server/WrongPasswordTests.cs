using System.Text;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Server.Sessions;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>A server slows down who tries passwords, tells it once, and hears the others as before; asked at the wire.</summary>
public sealed class WrongPasswordTests : IDisposable
{
    private static readonly UserIdentity.UserPassword Right = Password("operator", "secret");
    private static readonly UserIdentity.UserPassword Wrong = Password("operator", "wrong-4711");

    private readonly FakeTimeProvider _clock = new();
    private readonly ServerBed _bed;
    private int _checks;

    public WrongPasswordTests() => _bed = new ServerBed(change: settings => settings with
    {
        Clock = _clock,
        Users = settings.Users with
        {
            CheckPassword = (user, password) =>
            {
                Interlocked.Increment(ref _checks);
                return user is "operator" or "viewer" && password.SequenceEqual("secret"u8);
            },
        },
    });

    public void Dispose() => _bed.Dispose();

    [Theory]
    [InlineData("None", MessageSecurityMode.None)]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt)]
    public void After_some_wrong_ones_even_the_right_one_waits_and_then_is_heard(string policy, MessageSecurityMode mode)
    {
        using var channel = new UserChannel(_bed, policy, mode);
        var session = channel.Create();
        Guess(channel, session);

        Assert.Equal(StatusCodes.BadUserAccessDenied, channel.Refusal(session, Right));
        Assert.Equal(LoginThrottle.FreeTries, _checks);
        _clock.Advance(LoginThrottle.WaitMin);
        channel.Activate(session, Right);
        Assert.Equal(LoginThrottle.FreeTries + 1, _checks);
    }

    [Fact]
    public void Another_channel_of_the_same_client_waits_as_well()
    {
        using var channel = new UserChannel(_bed);
        Guess(channel, channel.Create());
        using var other = new UserChannel(_bed);

        Assert.Equal(StatusCodes.BadUserAccessDenied, other.Refusal(other.Create(), Right));
        Assert.Equal(LoginThrottle.FreeTries, _checks);
    }

    [Fact]
    public void Others_and_who_is_in_already_notice_nothing()
    {
        using var inside = new UserChannel(_bed, "Basic256Sha256", MessageSecurityMode.SignAndEncrypt);
        var open = inside.Create();
        inside.Activate(open, Right);
        using var channel = new UserChannel(_bed);
        var session = channel.Create();
        Guess(channel, session);

        channel.Activate(session, new UserIdentity.Anonymous());
        channel.Activate(session, new UserIdentity.UserCertificate(TestCertificates.Stranger));
        channel.Activate(session, Password("viewer", "secret"));
        inside.Activate(open, Right);
        Assert.Equal(StatusCodes.Good, inside.Ask(new ReadRequest { NodesToRead = [new() { NodeId = ServerBed.Speed, AttributeId = AttributeIds.Value }] }, open).Results![0].Status);
    }

    [Fact]
    public void It_is_told_once_with_the_address_and_the_name_but_no_password()
    {
        using var channel = new UserChannel(_bed);
        var session = channel.Create();
        for (var round = 0; round < 3; round++)
        {
            Guess(channel, session);
            _clock.Advance(LoginThrottle.WaitMax);
        }

        _bed.WaitUntilTold("wrong passwords");
        var told = Assert.Single(_bed.Told, sentence => sentence.Contains("wrong passwords", StringComparison.Ordinal));
        Assert.StartsWith("127.0.0.1:", told, StringComparison.Ordinal);
        Assert.Contains("\"operator\"", told, StringComparison.Ordinal);
        Assert.All(_bed.Told, sentence => Assert.DoesNotContain("wrong-4711", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_encrypted_for_the_session_counts_like_a_wrong_one()
    {
        using var channel = new UserChannel(_bed);
        var session = channel.Create();
        session.ServerNonce = new byte[32];
        for (var tries = 0; tries < LoginThrottle.FreeTries; tries++)
        {
            Assert.Equal(StatusCodes.BadIdentityTokenInvalid, channel.Refusal(session, Right));
        }

        Assert.Equal(StatusCodes.BadUserAccessDenied, channel.Refusal(session, Right));
        Assert.Equal(0, _checks);
    }

    private static UserIdentity.UserPassword Password(string user, string password) => new(user, () => Encoding.UTF8.GetBytes(password));

    private static void Guess(UserChannel channel, SessionHandle session)
    {
        for (var tries = 0; tries < LoginThrottle.FreeTries; tries++)
        {
            Assert.Equal(StatusCodes.BadUserAccessDenied, channel.Refusal(session, Wrong));
        }
    }
}
