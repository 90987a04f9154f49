using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>How clients of ours come to one server: in clear and encrypted, with one certificate.</summary>
internal sealed class Visitors : IDisposable
{
    private static readonly SecurityPolicy Encrypted = SecurityPolicies.Basic256Sha256;

    private readonly OwnCertificate _own = OwnCertificate.Make();
    private readonly EndpointDescription[] _endpoints;

    public Visitors(EndpointAddress server)
    {
        Server = server;
        using var channel = ClientChannel.Open(server, ChannelSecurity.None, new ChannelSettings(), TestContext.Current.CancellationToken);
        _endpoints = WireSession.Ask(channel, new GetEndpointsRequest { EndpointUrl = server.Url }, default, TimeSpan.FromSeconds(10)).Endpoints!;
    }

    public EndpointAddress Server { get; }

    public EndpointDescription EndpointFor(bool isEncrypted) => _endpoints.First(endpoint => endpoint.SecurityPolicyUri == PolicyFor(isEncrypted).Uri);

    public ChannelSecurity SecurityFor(bool isEncrypted) => isEncrypted
        ? new ChannelSecurity(Encrypted, MessageSecurityMode.SignAndEncrypt, _own.Application.Certificate, _own.Application.Der, EndpointFor(true).ServerCertificate)
        : ChannelSecurity.None;

    /// <param name="isEncrypted">Whether it comes encrypted, or in clear.</param>
    /// <param name="timeout">Of its session, and of each of its requests: ten seconds unless told otherwise.</param>
    public SessionSettings SettingsFor(bool isEncrypted, TimeSpan? timeout = null) => new()
    {
        Endpoint = Server,
        Policy = PolicyFor(isEncrypted),
        Mode = isEncrypted ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.None,
        AllowInsecure = !isEncrypted,
        Certificate = _own.Application,
        SessionTimeout = timeout ?? TimeSpan.FromSeconds(10),
        Channel = new ChannelSettings { RequestTimeout = TimeSpan.FromSeconds(10) },
        CheckServer = (_, _, _) => new CertificateVerdict(CertificateProblem.None, StatusCodes.Good, "", "", ""),
    };

    public void Dispose() => _own.Dispose();

    private static SecurityPolicy PolicyFor(bool isEncrypted) => isEncrypted ? Encrypted : SecurityPolicies.None;
}
