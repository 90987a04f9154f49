using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.App.OpcUa;

/// <summary>Which of a server's endpoints is taken: the strongest, exactly the one asked for, or none with the remedy.</summary>
public sealed class ServerEndpointTests
{
    private const string PolicyStart = "http://opcfoundation.org/UA/SecurityPolicy#";

    private static readonly EndpointDescription None = Offer("None", MessageSecurityMode.None);
    private static readonly EndpointDescription SignOnly = Offer("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign);
    private static readonly EndpointDescription Usual = Offer("Basic256Sha256", MessageSecurityMode.SignAndEncrypt);
    private static readonly EndpointDescription Strongest = Offer("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt);
    private static readonly EndpointDescription Broken = Offer("Basic128Rsa15", MessageSecurityMode.SignAndEncrypt);

    private static readonly ServerRequest Request = new()
    {
        Endpoint = EndpointAddress.Parse("opc.tcp://plc:4840"),
        Timeout = TimeSpan.FromSeconds(1),
        PkiFolder = "pki",
    };

    [Fact]
    public void The_strongest_is_taken_whatever_level_the_server_gives()
    {
        None.SecurityLevel = 255;

        Assert.Same(Strongest, ServerEndpoint.Make([None, Usual, SignOnly, Strongest, Broken], Request).Endpoint);
        Assert.Same(Usual, ServerEndpoint.Make([None, Usual, SignOnly], Request).Endpoint);
    }

    [Fact]
    public void What_is_asked_for_is_taken_exactly()
    {
        var choice = ServerEndpoint.Make([Usual, SignOnly, Strongest], Request with { Policy = "Aes256_Sha256_RsaPss", Mode = MessageSecurityMode.Sign });

        Assert.Same(SignOnly, choice.Endpoint);
        Assert.EndsWith("as the configuration or the command line says", choice.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_for_and_not_there_is_never_replaced()
    {
        var choice = ServerEndpoint.Make([Usual, Strongest], Request with { Policy = "Aes128_Sha256_RsaOaep", Mode = MessageSecurityMode.Sign });

        Assert.Equal((null, 5, "the server does not offer Aes128_Sha256_RsaOaep with Sign"), (choice.Endpoint, choice.ExitCode, choice.Why));
        Assert.Contains("Aes256_Sha256_RsaPss SignAndEncrypt, Basic256Sha256 SignAndEncrypt", choice.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_protection_only_by_leave_and_only_when_there_is_nothing_else()
    {
        var refused = ServerEndpoint.Make([None], Request);
        var leave = Request with { AllowInsecure = true };

        Assert.Equal((null, 5), (refused.Endpoint, refused.ExitCode));
        Assert.Contains("--allow-insecure", refused.Next, StringComparison.Ordinal);
        Assert.Same(None, ServerEndpoint.Make([None], leave).Endpoint);
        Assert.Same(Usual, ServerEndpoint.Make([None, Usual], leave).Endpoint);
    }

    [Fact]
    public void Asking_for_the_policy_None_is_no_leave()
    {
        Assert.Null(ServerEndpoint.Make([None, Usual], Request with { Policy = "None" }).Endpoint);
        Assert.Same(None, ServerEndpoint.Make([None, Usual], Request with { Policy = "None", AllowInsecure = true }).Endpoint);
    }

    [Theory]
    [InlineData(null, "leave --policy None out, for the server offers Aes256_Sha256_RsaPss SignAndEncrypt, Basic256Sha256 SignAndEncrypt")]
    [InlineData("plc", "ask for another policy than None (\"security\" of the device plc, or --policy here), for the server offers Aes256_Sha256_RsaPss SignAndEncrypt, Basic256Sha256 SignAndEncrypt")]
    public void Whoever_asks_for_None_where_there_is_better_is_told_to_ask_for_that(string? device, string next)
    {
        var request = Request with { Policy = "None", Device = device };

        Assert.Equal(next + "; on a test bench add --allow-insecure", ServerEndpoint.Make([None, Usual, Strongest], request).Next);
        Assert.Equal(next, ServerEndpoint.Make([None, Usual, Strongest], request with { AllowInsecure = true }).Next);
        Assert.StartsWith("leave --mode None out", ServerEndpoint.Make([None, Usual], Request with { Mode = MessageSecurityMode.None }).Next, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_server_without_anything_better_is_to_be_set_up()
    {
        var leave = Request with { AllowInsecure = true };
        var guarded = Offer("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, UserTokenType.UserName);

        Assert.StartsWith("switch Basic256Sha256 with SignAndEncrypt on in the server;", ServerEndpoint.Make([None], Request).Next, StringComparison.Ordinal);
        Assert.Equal("switch Basic256Sha256 with SignAndEncrypt on in the server", ServerEndpoint.Make([None], leave).Next);
        Assert.StartsWith("name a user of the server", ServerEndpoint.Make([None, guarded], leave).Next, StringComparison.Ordinal);
        Assert.Equal("", ServerEndpoint.Make([None, Usual], leave).Next);
    }

    [Fact]
    public void A_server_that_lets_nobody_in_anonymously_says_how_to_get_in()
    {
        var guarded = Offer("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, UserTokenType.UserName, UserTokenType.Certificate);

        var choice = ServerEndpoint.Make([guarded], Request);

        Assert.Equal((null, 5), (choice.Endpoint, choice.ExitCode));
        Assert.Contains("--user NAME --password-from env:NAME", choice.Next, StringComparison.Ordinal);
        Assert.Contains("--certificate FILE", choice.Next, StringComparison.Ordinal);
        Assert.Same(guarded, ServerEndpoint.Make([guarded], Request with { Identity = new UserIdentity.UserPassword("me", () => []) }).Endpoint);
    }

    [Theory]
    [InlineData("Basic128Rsa15", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("None", MessageSecurityMode.Sign)]
    [InlineData("Basic256Sha256", MessageSecurityMode.None)]
    [InlineData("Basic256Sha256", MessageSecurityMode.Invalid)]
    [InlineData("Future", MessageSecurityMode.SignAndEncrypt)]
    public void What_we_do_not_speak_is_never_taken(string policy, MessageSecurityMode mode)
    {
        var choice = ServerEndpoint.Make([Offer(policy, mode)], Request with { AllowInsecure = true });

        Assert.Equal((null, 4), (choice.Endpoint, choice.ExitCode));
    }

    [Fact]
    public void Another_transport_is_not_taken()
    {
        var https = Offer("Basic256Sha256", MessageSecurityMode.SignAndEncrypt);
        https.TransportProfileUri = "http://opcfoundation.org/UA-Profile/Transport/https-uabinary";

        Assert.Null(ServerEndpoint.Make([https], Request).Endpoint);
    }

    private static EndpointDescription Offer(string policy, MessageSecurityMode mode, params UserTokenType[] tokens) => new()
    {
        SecurityPolicyUri = PolicyStart + policy,
        SecurityMode = mode,
        TransportProfileUri = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary",
        UserIdentityTokens = [.. (tokens.Length > 0 ? tokens : [UserTokenType.Anonymous]).Select(token => new UserTokenPolicy { TokenType = token })],
    };
}
