using IndustrieFutur.Edge.App.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// An MQTT broker for a cell without one. Its sessions live in memory: that is harmless, because the edge keeps every sample until
/// the historian's watermark has passed it. Retained messages are kept in a file.
/// </summary>
internal sealed class EmbeddedBroker : IAsyncDisposable
{
    /// <summary>Who connects says so at once; a slow radio link takes seconds.</summary>
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);

    /// <summary>The server closes its clients before; what is still open then has been told and is cut.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromMilliseconds(200);

    private readonly EmbeddedBrokerOptions _options;
    private readonly BrokerConnections _connections;
    private readonly BrokerQueues _queues;
    private readonly BrokerSessions _sessions;
    private readonly MqttServer _server;
    private readonly WebApplication _listeners;

    /// <summary>Throws <see cref="InvalidOperationException"/> with a sentence when a certificate or a password cannot be had.</summary>
    /// <param name="options">The configuration's broker, in order.</param>
    /// <param name="baseDirectory">What its files are relative to.</param>
    /// <param name="dataDirectory">Where retained messages are kept; null: nowhere, they end with the process.</param>
    /// <param name="logger">Null: nobody is told.</param>
    /// <param name="clock">Null: the machine's.</param>
    public EmbeddedBroker(EmbeddedBrokerOptions options, string baseDirectory, string? dataDirectory = null, ILogger? logger = null, TimeProvider? clock = null)
    {
        _options = options;
        var log = logger ?? NullLogger.Instance;
        Retained = new RetainedStock(options.Limits, dataDirectory is null ? null : new RetainedFile(Path.Combine(dataDirectory, "broker-retained.jsonl")), log);
        _connections = new BrokerConnections(options.Limits, Counters);
        _queues = new BrokerQueues(options.Limits, Counters) { CutAsync = CutAsync };
        _sessions = new BrokerSessions(options.Limits, Counters, clock ?? TimeProvider.System);
        _server = new MqttServer(Describe(options.Limits), [_connections], MqttNetNullLogger.Instance);
        Hook(new BrokerGate(options.Limits, new BrokerUsers(options, baseDirectory), Retained, Counters, log) { ForgetRetainedAsync = ForgetRetainedAsync });
        _listeners = BrokerListeners.Build(options, baseDirectory, _connections);
    }

    public string Url => $"{(IsSecure ? "mqtts" : "mqtt")}://{Host}:{_options.Port}";

    /// <summary>Null when there is no listener for WebSocket.</summary>
    public string? WebSocketUrl => _options.WebSocket is { } webSocket ? $"{(IsSecure ? "wss" : "ws")}://{Host}:{webSocket.Port}{BrokerListeners.WebSocketPath}" : null;

    /// <summary>Where clients find it, for a sentence.</summary>
    public string Urls => WebSocketUrl is null ? Url : $"{Url}, {WebSocketUrl}";

    public bool IsStarted => _server.IsStarted;

    public int Connections => _connections.Count;

    public BrokerCounters Counters { get; } = new();

    public RetainedStock Retained { get; }

    public BrokerLimitsOptions Limits => _options.Limits;

    private bool IsSecure => _options.CertificateFile is not null;

    private string Host => _options.Address.Contains(':', StringComparison.Ordinal) ? $"[{_options.Address}]" : _options.Address;

    /// <summary>Throws <see cref="InvalidOperationException"/> when a port is taken.</summary>
    public async Task StartAsync()
    {
        try
        {
            await _server.StartAsync();
            await _listeners.StartAsync();
        }
        catch (Exception cause) when (cause is System.Net.Sockets.SocketException or IOException)
        {
            var ports = _options.WebSocket is { } webSocket ? $"{_options.Port} and {webSocket.Port}" : $"{_options.Port}";
            throw new InvalidOperationException(
                $"The broker cannot listen on {_options.Address}:{ports}: {cause.Message.TrimEnd('.')}. Is another broker or another ifedge running? Change broker.port, or stop the other one.", cause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsStarted)
        {
            await _server.StopAsync(new MqttServerStopOptions());
        }

        using (var limit = new CancellationTokenSource(StopWithin, TimeProvider.System))
        {
            await _listeners.StopAsync(limit.Token);
        }

        await _listeners.DisposeAsync();
        _server.Dispose();
        Retained.Dispose();
    }

    /// <summary>
    /// The newest is left out when too many wait, not the oldest: the server keeps each message of QoS 1 that it has queued until it is
    /// acknowledged, those dropped as oldest too, without end (dotnet/MQTTnet#2269).
    /// </summary>
    private static MqttServerOptions Describe(BrokerLimitsOptions limits) => new()
    {
        DefaultCommunicationTimeout = ConnectWithin,
        EnablePersistentSessions = true,
        MaxPendingMessagesPerClient = limits.WaitingMessages,
        PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropNewMessage,
    };

    private void Hook(BrokerGate gate)
    {
        _server.ValidatingConnectionAsync += async connection =>
        {
            if (gate.LogIn(connection))
            {
                await _sessions.SweepAsync(_server);
            }
        };
        _server.InterceptingPublishAsync += gate.PublishAsync;
        _server.InterceptingSubscriptionAsync += gate.SubscribeAsync;
        _server.InterceptingUnsubscriptionAsync += BrokerGate.UnsubscribeAsync;
        _server.ClientConnectedAsync += _queues.StartAsync;
        _server.SessionDeletedAsync += _queues.EndAsync;
        _server.InterceptingClientEnqueueAsync += _queues.AcceptAsync;
        _server.ApplicationMessageEnqueuedOrDroppedAsync += _queues.QueuedAsync;
        _server.InterceptingOutboundPacketAsync += _queues.SendingAsync;
        _server.ClientAcknowledgedPublishPacketAsync += _queues.AcknowledgedAsync;
        _server.ClientDisconnectedAsync += _ => IsStarted ? _sessions.SweepAsync(_server) : Task.CompletedTask;
        _server.RetainedMessageChangedAsync += Retained.ChangedAsync;
        _server.LoadingRetainedMessageAsync += loading =>
        {
            loading.LoadedRetainedMessages = Retained.Load();
            return Task.CompletedTask;
        };
    }

    private Task CutAsync(string clientId) =>
        _server.DisconnectClientAsync(clientId, new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.QuotaExceeded });

    private Task ForgetRetainedAsync(string topic)
    {
        Retained.TryBook(topic, 0);
        return _server.UpdateRetainedMessageAsync(new MqttApplicationMessage { Topic = topic, Retain = true });
    }
}
