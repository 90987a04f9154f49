using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Who the server is must be proven before it is told anything, and who we are is proven to it without giving the secret away.</summary>
public sealed class SessionSecurityTests
{
    private static readonly UserIdentity Nobody = new UserIdentity.Anonymous();
    private static readonly UserIdentity Operator = new UserIdentity.UserPassword("operator", () => "secret"u8.ToArray());
    private static readonly UserIdentity Holder = new UserIdentity.UserCertificate(TestCertificates.Stranger);

    private static readonly UserTokenPolicy AnonymousToken = new() { PolicyId = "a", TokenType = UserTokenType.Anonymous };
    private static readonly UserTokenPolicy PasswordToken = new() { PolicyId = "u", TokenType = UserTokenType.UserName };
    private static readonly UserTokenPolicy CertificateToken = new() { PolicyId = "c", TokenType = UserTokenType.Certificate };

    public static TheoryData<string> Policies => ["Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_password_is_encrypted_for_this_server_and_this_moment(string policy)
    {
        Assert.Equal("client signed, operator with fresh 'secret'", Prove(policy, MessageSecurityMode.Sign, PasswordToken, Operator));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_users_certificate_is_proven_with_its_key(string policy)
    {
        Assert.Equal("client signed, CN=stranger signed", Prove(policy, MessageSecurityMode.SignAndEncrypt, CertificateToken, Holder));
    }

    [Fact]
    public void The_users_policy_may_be_another_than_the_channels()
    {
        var token = new UserTokenPolicy
        {
            PolicyId = "u",
            TokenType = UserTokenType.UserName,
            SecurityPolicyUri = SecurityPolicies.Aes256Sha256RsaPss.Uri,
        };

        Assert.Equal("client signed, operator with fresh 'secret'", Prove("Basic256Sha256", MessageSecurityMode.Sign, token, Operator));
        Assert.Equal("no client signature, operator with fresh 'secret'", Prove("None", MessageSecurityMode.None, token, Operator));
    }

    [Fact]
    public void A_password_in_clear_goes_through_an_encrypted_channel_only()
    {
        var token = new UserTokenPolicy { PolicyId = "u", TokenType = UserTokenType.UserName, SecurityPolicyUri = SecurityPolicies.None.Uri };

        Assert.Equal("client signed, operator with plain 'secret'", Prove("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, token, Operator));
        var refusal = Assert.Throws<UaException>(() => Prove("Basic256Sha256", MessageSecurityMode.Sign, token, Operator));
        Assert.Equal(StatusCodes.BadSecurityModeInsufficient, refusal.Status);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_channel_without_security_a_password_needs_a_server_that_was_checked()
    {
        var token = new UserTokenPolicy
        {
            PolicyId = "u",
            TokenType = UserTokenType.UserName,
            SecurityPolicyUri = SecurityPolicies.Basic256Sha256.Uri,
        };
        using var server = new SecuredServer(SecurityPolicies.None, MessageSecurityMode.None, token);
        using var session = new UaSession(server.Settings(Operator) with { CheckServer = null });

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Refusal(session).Status);
        Assert.Equal("", server.Proven);
    }

    [Fact]
    public void A_server_whose_certificate_is_not_accepted_is_not_connected_to()
    {
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, AnonymousToken);
        server.Script.Endpoints[0].ServerCertificate = TestCertificates.Stranger.RawData;
        using var session = new UaSession(server.Settings(Nobody));

        var refusal = Refusal(session);

        Assert.Equal((StatusCodes.BadCertificateUntrusted, "Nobody trusts it. Trust it."), (refusal.Status, refusal.Message));
        Assert.Equal(("Trust it.", false), (Assert.IsType<DistrustedServerException>(refusal).Verdict.NextStep, refusal.IsOfPeer));
        Assert.Equal(["GetEndpoints"], server.Script.Heard);
    }

    [Fact]
    public void A_server_that_signs_with_another_key_is_left()
    {
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, AnonymousToken);
        server.Signer = TestCertificates.Stranger;

        AssertLeft(server, "signature");
    }

    [Fact]
    public void A_server_that_shows_another_certificate_in_the_session_is_left()
    {
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, AnonymousToken);
        server.Shown = TestCertificates.Stranger;

        AssertLeft(server, "another certificate");
    }

    [Fact]
    public void A_server_whose_nonce_is_too_short_to_be_unique_is_left()
    {
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, AnonymousToken);
        server.NonceBytes = 16;

        AssertLeft(server, "nonce");
    }

    [Fact]
    public void A_user_that_the_endpoint_does_not_take_is_not_named_to_it()
    {
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, AnonymousToken);
        using var session = new UaSession(server.Settings(Operator));

        Assert.Equal(StatusCodes.BadIdentityTokenRejected, Refusal(session).Status);
        Assert.DoesNotContain("ActivateSession", server.Script.Heard);
    }

    [Fact]
    public void A_session_whose_certificate_the_server_takes_no_longer_is_forgotten()
    {
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, AnonymousToken);
        using var session = new UaSession(server.Settings(Nobody));
        session.Connect(TestContext.Current.CancellationToken);
        session.Drop();
        Assert.True(session.HasSession);
        server.IsClientRefused = true;

        var refusal = Refusal(session);

        Assert.Equal((StatusCodes.BadSecurityChecksFailed, true, false), (refusal.Status, refusal.IsOfPeer, session.HasSession));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void A_server_whose_next_nonce_is_too_short_is_left(int bytes)
    {
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, AnonymousToken);
        server.NextNonceBytes = bytes;
        using var session = new UaSession(server.Settings(Nobody));

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Refusal(session).Status);
        Assert.Equal("CloseSession", server.Script.Heard[^1]);
    }

    [Fact]
    public void On_a_channel_without_security_a_password_needs_a_nonce_too()
    {
        var token = new UserTokenPolicy
        {
            PolicyId = "u",
            TokenType = UserTokenType.UserName,
            SecurityPolicyUri = SecurityPolicies.Basic256Sha256.Uri,
        };
        using var server = new SecuredServer(SecurityPolicies.None, MessageSecurityMode.None, token) { NonceBytes = 0 };
        using var session = new UaSession(server.Settings(Operator));

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Refusal(session).Status);
        Assert.Equal("", server.Proven);
    }

    [Fact]
    public void A_password_that_cannot_be_had_for_a_moment_costs_no_session()
    {
        var isThere = true;
        var user = new UserIdentity.UserPassword("operator", () => isThere ? "secret"u8.ToArray() : throw new PkiException("It is not there."));
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, PasswordToken);
        using var session = new UaSession(server.Settings(user));
        session.Connect(TestContext.Current.CancellationToken);
        session.Drop();
        isThere = false;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(StatusCodes.BadConfigurationError, Refusal(session).Status);
        }

        isThere = true;

        Assert.Equal(SessionStart.Resumed, session.Connect(TestContext.Current.CancellationToken));
        Assert.Equal(1, server.Script.Heard.Count(service => service == "CreateSession"));
        Assert.DoesNotContain("CloseSession", server.Script.Heard);
    }

    [Fact]
    public void A_password_that_is_refused_while_resuming_is_not_sent_once_more()
    {
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, PasswordToken);
        using var session = new UaSession(server.Settings(Operator));
        session.Connect(TestContext.Current.CancellationToken);
        session.Drop();
        server.Script.Refuse<ActivateSessionRequest>(StatusCodes.BadUserAccessDenied);

        Assert.Equal(StatusCodes.BadUserAccessDenied, Refusal(session).Status);
        Assert.Equal(2, server.Script.Heard.Count(service => service == "ActivateSession"));
        Assert.False(session.HasSession);
    }

    [Fact]
    public void A_password_that_is_missing_from_the_beginning_costs_one_session_and_not_one_for_each_try()
    {
        var user = new UserIdentity.UserPassword("operator", () => throw new PkiException("It is not there."));
        using var server = new SecuredServer(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, PasswordToken);
        using var session = new UaSession(server.Settings(user));
        for (var i = 0; i < 5; i++)
        {
            Refusal(session);
        }

        Assert.Equal(1, server.Script.Heard.Count(service => service == "CreateSession"));
    }

    private static string Prove(string policy, MessageSecurityMode mode, UserTokenPolicy token, UserIdentity identity)
    {
        using var server = new SecuredServer(SecurityPolicies.ByName(policy)!, mode, token);
        using var session = new UaSession(server.Settings(identity));
        session.Connect(TestContext.Current.CancellationToken);
        return server.Proven;
    }

    private static UaException Refusal(UaSession session) =>
        Assert.ThrowsAny<UaException>(() => session.Connect(TestContext.Current.CancellationToken));

    private static void AssertLeft(SecuredServer server, string because)
    {
        using var session = new UaSession(server.Settings(Nobody));

        var refusal = Refusal(session);

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, refusal.Status);
        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("", server.Proven);
        Assert.Equal("CloseSession", server.Script.Heard[^1]);
    }
}
