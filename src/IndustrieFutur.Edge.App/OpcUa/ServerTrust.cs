using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Our certificate, and what we think of a server's: the same store and the same checks as the service's.</summary>
internal sealed class ServerTrust(ServerRequest request, TimeProvider clock)
{
    private readonly PkiStore _store = new(request.PkiFolder, clock);

    /// <summary>Made when there is none yet.</summary>
    public ApplicationCertificate LoadOwn() => _store.LoadOrCreateOwn(OwnRequest());

    /// <summary>A certificate that nobody has trusted yet is kept among those that were seen, where "ifedge cert trust" finds it.</summary>
    public CertificateVerdict Check(ReadOnlyMemory<byte> derChain, EndpointDescription endpoint, EndpointAddress address)
    {
        var expected = new CertificateExpectations
        {
            Host = address.Host,
            ApplicationUri = endpoint.Server.ApplicationUri,
            Policy = SecurityPolicies.Find(endpoint.SecurityPolicyUri),
            Devices = request.Device is { } device ? [device] : [],
            AllowMissingCrl = request.AllowMissingCrl,
        };
        return new CertificateValidator(_store, clock).Check(derChain, expected);
    }

    private OwnCertificateRequest OwnRequest() => new() { ApplicationUri = request.ApplicationUri, Edge = request.Edge };
}
