using System.Globalization;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>How a session is opened and resumed (OPC UA Part 4, 5.6; OPC UA Part 4, 6.7).</summary>
public sealed partial class UaSession
{
    /// <summary>A server that ends the channel whenever the old session is to go on is not asked for it for ever.</summary>
    private const int ResumeTriesMax = 3;

    /// <summary>A stop has a second for everything.</summary>
    private static readonly TimeSpan LateSessionLimit = TimeSpan.FromMilliseconds(300);

    /// <summary>ServerStatus.StartTime.</summary>
    private const uint StartTimeNode = 2257;

    private int _resumeTries;
    private bool _isTakenOver;
    private long _startTime;
    private long _keptStartTime;

    /// <summary>The server is the one, in the same life, that has the subscriptions of the session before.</summary>
    internal bool IsServerStillRunning { get; private set; }

    /// <summary>
    /// One try: discovery, the configured endpoint and no weaker one, the server's certificate, the channel, then the old session or a new
    /// one. Throws when it fails, and can be called again; the pace of the tries is the caller's.
    /// </summary>
    public SessionStart Connect(CancellationToken stop)
    {
        Drop();
        _stop = stop;
        var endpoint = Discover(stop);
        if (!HasSession)
        {
            _session = null;
        }

        var desk = OpenDesk(endpoint, stop);
        _desk = desk;
        ChosenEndpoint = endpoint;
        try
        {
            var start = Start(desk, endpoint);

            // Not before: what was laid aside when the last link broke can only be asked for within an activated session.
            desk.AfterMessage = Subscriptions;
            return start;
        }
        catch (UaException)
        {
            Drop();
            throw;
        }
    }

    private EndpointDescription Discover(CancellationToken stop)
    {
        var endpoint = EndpointChoice.Choose(Discovery.GetEndpoints(_settings.Endpoint, _settings.Channel, stop), _settings);
        var needsCheck = !_settings.Policy.IsNone || _settings.Identity is UserIdentity.UserPassword;
        if (needsCheck && _settings.CheckServer is { } check)
        {
            var verdict = check(endpoint.ServerCertificate, endpoint, _settings.Endpoint);
            if (verdict.Problem != CertificateProblem.None)
            {
                throw new DistrustedServerException(verdict);
            }
        }

        return endpoint;
    }

    private RequestDesk OpenDesk(EndpointDescription endpoint, CancellationToken stop)
    {
        var security = _settings.Policy.IsNone
            ? ChannelSecurity.None
            : new ChannelSecurity(
                _settings.Policy, _settings.Mode, _settings.Certificate!.Certificate, _settings.Certificate.Der, endpoint.ServerCertificate);
        var channel = Open(security, stop);
        _sizes.LimitBytesTo((uint)channel.RequestBytesMax);
        return new RequestDesk(channel, _settings.Endpoint, Counters);
    }

    private ClientChannel Open(ChannelSecurity security, CancellationToken stop)
    {
        try
        {
            return ClientChannel.Open(_settings.Endpoint, security, _settings.Channel, stop);
        }
        catch (UaException refused) when (IsOfOurCertificate(refused.Status))
        {
            // A session belongs to the certificate that made it (OPC UA Part 4, 5.6.3.1), and this one is taken no longer.
            _session = null;
            throw;
        }
    }

    private static bool IsOfOurCertificate(uint status) => status
        is StatusCodes.BadSecurityChecksFailed or StatusCodes.BadNoValidCertificates
        or StatusCodes.BadCertificateInvalid or StatusCodes.BadCertificateTimeInvalid or StatusCodes.BadCertificateIssuerTimeInvalid
        or StatusCodes.BadCertificateUriInvalid or StatusCodes.BadCertificateUseNotAllowed or StatusCodes.BadCertificateIssuerUseNotAllowed
        or StatusCodes.BadCertificateUntrusted or StatusCodes.BadCertificateRevoked or StatusCodes.BadCertificateIssuerRevoked
        or StatusCodes.BadCertificateRevocationUnknown or StatusCodes.BadCertificateIssuerRevocationUnknown
        or StatusCodes.BadCertificateChainIncomplete or StatusCodes.BadCertificatePolicyCheckFailed;

    private SessionStart Start(RequestDesk desk, EndpointDescription endpoint)
    {
        if (_session is not null && TryResume(desk, endpoint))
        {
            _resumeTries = 0;
            Counters.SessionsResumed++;
        }
        else
        {
            Create(desk, endpoint);
            Counters.SessionsCreated++;
        }

        if (_isTakenOver)
        {
            ReadNamespaces();
            return SessionStart.Resumed;
        }

        ReadServer();
        if (Subscriptions is not { HasAny: true })
        {
            TakeOver();
        }

        return SessionStart.Created;
    }

    /// <summary>What was kept on the session before is now kept on this one, or known to be gone. Until then each connection says that the session is new.</summary>
    internal void TakeOver()
    {
        _isTakenOver = true;
        _keptStartTime = _startTime;
    }

    /// <summary>False when the old session is over; a broken channel is thrown, and the old session tried again on the next.</summary>
    private bool TryResume(RequestDesk desk, EndpointDescription endpoint)
    {
        if (++_resumeTries > ResumeTriesMax)
        {
            Counters.ResumesRefused++;
            CloseSession(desk, deleteSubscriptions: false, _settings.Channel.RequestTimeout);
            ThrowIfBroken(desk, StatusCodes.BadSecureChannelClosed);
            return false;
        }

        try
        {
            Activate(desk, new SessionHandshake(_settings, endpoint), _session!);
            return true;
        }
        catch (PkiException)
        {
            // Our own want, of which the server knows nothing: the session waits for it.
            _resumeTries--;
            throw;
        }
        catch (UaException refused) when (!desk.IsBroken && refused.Status != StatusCodes.BadTimeout)
        {
            Counters.ResumesRefused++;
            GiveUpOld(desk, refused.Status);
            if (IsOfLogin(refused.Status))
            {
                throw;
            }

            return false;
        }
    }

    /// <summary>A password that was just refused is not sent once more: servers count.</summary>
    private bool IsOfLogin(uint status) => _settings.Identity is UserIdentity.UserPassword
        && status is (StatusCodes.BadUserAccessDenied or StatusCodes.BadIdentityTokenRejected);

    /// <summary>A session that the server still knows is closed before another is made; its subscriptions stay, to be transferred.</summary>
    private void GiveUpOld(RequestDesk desk, uint status)
    {
        if (status is StatusCodes.BadSessionIdInvalid or StatusCodes.BadSessionClosed)
        {
            _session = null;
            return;
        }

        CloseSession(desk, deleteSubscriptions: false, _settings.Channel.RequestTimeout);
        ThrowIfBroken(desk, status);
    }

    private void ThrowIfBroken(RequestDesk desk, uint status)
    {
        if (desk.IsBroken)
        {
            throw new UaException(
                status,
                $"{_settings.Endpoint} let the session of before neither go on ({StatusCodes.NameOf(status)}) nor be closed, and closed the channel; a new session is made at the next try.");
        }
    }

    private void Create(RequestDesk desk, EndpointDescription endpoint)
    {
        var handshake = new SessionHandshake(_settings, endpoint);
        desk.AuthenticationToken = NodeId.Null;
        var request = handshake.NewCreate();
        var response = AskForSession(desk, request, endpoint);

        // Known from here on, so that whatever fails now ends with the session closed or resumed.
        _session = new SessionHandle(response, endpoint);
        _isTakenOver = false;
        _resumeTries = 0;
        _sizes.LimitBytesTo(_session.RequestBytesMax);
        try
        {
            handshake.Check(request, response);
            Activate(desk, handshake, _session);
        }
        catch (UaException refused) when (!desk.IsBroken && refused is not PkiException && refused.Status != StatusCodes.BadTimeout)
        {
            CloseSession(desk, deleteSubscriptions: true, _settings.Channel.RequestTimeout);
            throw;
        }
    }

    /// <summary>A stop meanwhile does not leave a session behind: it is still learnt of, for <see cref="Close"/> to end.</summary>
    private CreateSessionResponse AskForSession(RequestDesk desk, CreateSessionRequest request, EndpointDescription endpoint)
    {
        var answer = new TypedAnswer<CreateSessionResponse>();
        var sentNanos = MonoTime.NowNanos();
        Counters.CreateSessionsSent++;
        try
        {
            desk.Exchange(request, answer, _settings.Channel.RequestTimeout, _stop);
        }
        catch (OperationCanceledException) when (!desk.IsBroken)
        {
            desk.AwaitAfterStop(answer, LateSessionLimit);
            _session = answer.Response is { } late && !PublishHead.IsBad(answer.Status) ? new SessionHandle(late, endpoint) : null;
            throw;
        }

        Observe(answer.Timestamp, sentNanos);
        return desk.ResponseOf(request, answer);
    }

    private void Activate(RequestDesk desk, SessionHandshake handshake, SessionHandle session)
    {
        desk.AuthenticationToken = session.AuthenticationToken;
        var response = desk.Invoke(handshake.NewActivate(session), _settings.Channel.RequestTimeout, _stop, Observe);
        handshake.Check(response);
        session.ServerNonce = response.ServerNonce ?? session.ServerNonce;
    }

    private void ReadServer()
    {
        ClockOffset.Forget();
        AskForState();
        ReadStartTime();
        ReadNamespaces();
        var values = this.Read([.. ServerLimits.Nodes.Select(ValueOf)], TimestampsToReturn.Neither);
        Limits = ServerLimits.Of(values);
        _sizes.LimitTo(Limits);
    }

    /// <summary>
    /// A server that was restarted gives out its subscription ids anew: one of ours may by now be somebody else's. Only a server that says
    /// that it has run all the while is asked for our old subscriptions.
    /// </summary>
    private void ReadStartTime()
    {
        var value = this.Read([ValueOf(StartTimeNode)], TimestampsToReturn.Neither)[0];
        _startTime = value.Value is { Type: BuiltInType.DateTime, Value: long raw } ? raw : 0;
        IsServerStillRunning = _startTime != 0 && _startTime == _keptStartTime;
    }

    private void ReadNamespaces()
    {
        var value = this.Read([ValueOf(NodeIds.NamespaceArray)], TimestampsToReturn.Neither)[0];
        if (value.Value.Value is not string?[] uris || uris.Length == 0)
        {
            throw new UaException(
                PublishHead.IsBad(value.Status) ? value.Status : StatusCodes.BadUnknownResponse,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_settings.Endpoint} does not tell its namespaces ({StatusCodes.NameOf(value.Status)}), without which no signal can be found. Look whether the user may read node i={NodeIds.NamespaceArray}."));
        }

        _namespaceUris = [.. uris.Select(uri => uri ?? "")];
    }

    private static ReadValueId ValueOf(uint node) => new() { NodeId = new NodeId(0, node), AttributeId = AttributeIds.Value };
}
