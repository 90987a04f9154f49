using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>One channel of a client, on which any session can be activated as any user; what our own client would never do.</summary>
internal sealed class UserChannel : IDisposable
{
    private readonly SessionSettings _settings;
    private readonly ClientChannel _channel;

    public UserChannel(ServerBed bed, string policy = "None", MessageSecurityMode mode = MessageSecurityMode.None, ApplicationCertificate? certificate = null)
    {
        _settings = bed.Client(policy, mode) with { Certificate = certificate ?? new ApplicationCertificate(TestCertificates.Client, ServerBed.ClientUri) };
        var security = mode == MessageSecurityMode.None
            ? ChannelSecurity.None
            : new ChannelSecurity(_settings.Policy, mode, _settings.Certificate.Certificate, _settings.Certificate.Der, TestCertificates.Server.RawData);
        _channel = ClientChannel.Open(bed.Address, security, _settings.Channel, TestContext.Current.CancellationToken);
    }

    /// <summary>A session that nobody has activated yet.</summary>
    public SessionHandle Create()
    {
        var endpoints = Ask(new GetEndpointsRequest { EndpointUrl = _settings.Endpoint.Url }).Endpoints!;
        var endpoint = EndpointChoice.Choose(endpoints, _settings);
        return new SessionHandle(Ask(new SessionHandshake(_settings, endpoint).NewCreate()), endpoint);
    }

    /// <summary>Throws the refusal; the session's next nonce is kept.</summary>
    public void Activate(SessionHandle session, UserIdentity identity)
    {
        var request = new SessionHandshake(_settings with { Identity = identity }, session.Endpoint).NewActivate(session);
        session.ServerNonce = Ask(request, session).ServerNonce!;
    }

    public uint Refusal(SessionHandle session, UserIdentity identity) => Assert.Throws<UaException>(() => Activate(session, identity)).Status;

    /// <summary>Throws a <see cref="UaException"/> with the status of a fault.</summary>
    public TResponse Ask<TResponse>(IUaRequest<TResponse> request, SessionHandle? session = null)
        where TResponse : IUaResponse<TResponse>
    {
        request.RequestHeader.AuthenticationToken = session?.AuthenticationToken ?? default;
        return _channel.Ask(request);
    }

    public void Dispose() => _channel.Dispose();
}
