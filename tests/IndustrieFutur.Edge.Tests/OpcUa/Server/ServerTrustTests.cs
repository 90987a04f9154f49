using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>A server that asks the store of certificates lets in whom a person has trusted, under the name that the certificate bears.</summary>
public sealed class ServerTrustTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-server-trust-").FullName;
    private readonly PkiStore _serverStore;
    private readonly ApplicationCertificate _client;

    public ServerTrustTests()
    {
        _serverStore = new PkiStore(Path.Combine(_folder, "server"));
        _client = new PkiStore(Path.Combine(_folder, "client")).LoadOrCreateOwn(new OwnCertificateRequest { Edge = "client" });
    }

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_client_is_refused_and_kept_for_a_person_until_it_is_trusted()
    {
        using var bed = NewBed();
        using var session = new UaSession(Settings(bed, _client));

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Assert.ThrowsAny<UaException>(() => session.Connect(TestContext.Current.CancellationToken)).Status);
        Assert.Contains(_serverStore.Read().Certificates, known => known.Place == CertificatePlace.Seen && known.Thumbprint == _client.Thumbprint);
        _serverStore.Trust(_client.Thumbprint);
        session.Connect(TestContext.Current.CancellationToken);

        Assert.Equal(StatusCodes.Good, session.Read([ServerBed.Speed])[0].Status);
    }

    [Fact]
    public void A_client_that_calls_itself_otherwise_than_its_certificate_is_refused()
    {
        using var bed = NewBed();
        _serverStore.TryKeepSeen(_client.Certificate, out _);
        _serverStore.Trust(_client.Thumbprint);
        using var impostor = new UaSession(Settings(bed, new ApplicationCertificate(_client.Certificate, "urn:somebody:else")));

        Assert.Equal(StatusCodes.BadCertificateUriInvalid, Assert.ThrowsAny<UaException>(() => impostor.Connect(TestContext.Current.CancellationToken)).Status);
    }

    private ServerBed NewBed()
    {
        var validator = new CertificateValidator(_serverStore, TimeProvider.System);
        return new ServerBed(change: settings => settings with
        {
            CheckClient = (chain, policy, uri) => validator.Check(
                chain, new CertificateExpectations { Role = CertificateRole.Client, ApplicationUri = uri, Policy = policy }),
        });
    }

    private static SessionSettings Settings(ServerBed bed, ApplicationCertificate certificate) =>
        bed.Client("Basic256Sha256", MessageSecurityMode.SignAndEncrypt) with { Certificate = certificate };
}
