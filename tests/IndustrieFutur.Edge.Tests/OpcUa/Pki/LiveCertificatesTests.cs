using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>What holds for a certificate holds on a live connection: a server with a bad one hears the discovery and nothing after it.</summary>
[Trait("Proof", "opcua-certificates")]
public sealed class LiveCertificatesTests
{
    /// <summary>Where the scripted server is.</summary>
    private const string Host = "127.0.0.1";

    /// <summary>Made once: a key takes longer than all the rest.</summary>
    private static readonly Lazy<ApplicationCertificate> Ours = new(() =>
    {
        using var bed = new PkiBed();
        return bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { Edge = "cell1" });
    });

    public static TheoryData<string> Bad => [.. BadCertificates.All.Keys];

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_server_with_a_bad_certificate_gets_no_channel_and_no_session(string name)
    {
        using var bed = new PkiBed();
        var bad = BadCertificates.All[name];
        using var server = Shows(bad.Show(bed), bad.Expected.ApplicationUri, own: null);
        using var session = new UaSession(Settings(bed, server, _ => bad.Expected.Host!));

        var refusal = Assert.Throws<DistrustedServerException>(() => session.Connect(TestContext.Current.CancellationToken));

        Assert.Equal(bad.Status, refusal.Status);
        Assert.Contains("the connection is refused.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["GetEndpoints"], server.Heard);
    }

    [Fact]
    public void A_server_with_a_trusted_certificate_gets_a_channel_and_a_session_request()
    {
        using var bed = new PkiBed();
        using var certificate = (Draft.Server with { Hosts = [Host] }).SelfSigned();
        bed.Trust(certificate);
        using var server = Shows(certificate.RawData, Draft.Uri, certificate);
        using var session = new UaSession(Settings(bed, server, address => address));

        Assert.Throws<UaException>(() => session.Connect(TestContext.Current.CancellationToken));

        Assert.Contains("CreateSession", server.Heard);
    }

    [Fact]
    public void A_server_without_the_key_of_the_certificate_that_it_shows_gets_no_session()
    {
        using var bed = new PkiBed();
        using var certificate = (Draft.Server with { Hosts = [Host] }).SelfSigned();
        using var thief = (Draft.Server with { Hosts = [Host], Key = PkiKeys.Forger }).SelfSigned();
        bed.Trust(certificate);
        using var server = Shows(certificate.RawData, Draft.Uri, thief);
        using var session = new UaSession(Settings(bed, server, address => address));

        Assert.Throws<UaException>(() => session.Connect(TestContext.Current.CancellationToken));

        Assert.Equal(["GetEndpoints"], server.Heard);
    }

    private static ScriptedServer Shows(byte[] certificate, string? uri, X509Certificate2? own)
    {
        var server = new ScriptedServer(new ServerChannelSettings
        {
            Endpoints =
            [
                new(SecurityPolicies.None, MessageSecurityMode.None),
                new(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt),
            ],
            CheckPeer = (_, _) => { },
            Own = own,
        });
        server.Endpoints.Clear();
        server.Endpoints.Add(new EndpointDescription
        {
            EndpointUrl = server.Address.Url,
            SecurityMode = MessageSecurityMode.SignAndEncrypt,
            SecurityPolicyUri = SecurityPolicies.Basic256Sha256.Uri,
            ServerCertificate = certificate,
            Server = new ApplicationDescription { ApplicationUri = uri },
            UserIdentityTokens = [new UserTokenPolicy { PolicyId = "anon", TokenType = UserTokenType.Anonymous }],
        });
        return server;
    }

    private static SessionSettings Settings(PkiBed bed, ScriptedServer server, Func<string, string> hostOf) => new()
    {
        Endpoint = server.Address,
        Certificate = Ours.Value,
        CheckServer = (chain, endpoint, address) => bed.Check(
            chain, PkiBed.Expected with { Host = hostOf(address.Host), ApplicationUri = endpoint.Server.ApplicationUri }),
    };
}
