using System.Net;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>The historian's connection to its broker; the one owner of its retries. Messages go straight into the inbox.</summary>
internal sealed class BrokerLink : IDisposable
{
    /// <summary>A local broker answers in milliseconds; one that does not within this is as good as gone.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);

    /// <summary>Heads come each second, and nodes that choose a leader are done within ten.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    /// <summary>How often it is looked whether anything came.</summary>
    private static readonly TimeSpan SilenceLook = TimeSpan.FromSeconds(1);

    private readonly string _id;
    private readonly StreamFilter _filter;
    private readonly Func<MqttClientOptions> _connect;
    private readonly Func<MqttClientConnectResult?, Exception?, BrokerFailure?>? _explain;
    private readonly HistorianStatus _status;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SilenceWatch _heads;
    private readonly SilenceWatch _samples;
    private readonly TaskCompletionSource _mayConnect = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IMqttClient? _client;
    private int _reconnected;
    private bool _wasTold;
    private string _address = "";

    public BrokerLink(
        string id, StreamFilter filter, Func<MqttClientOptions> connect, Func<MqttClientConnectResult?, Exception?, BrokerFailure?>? explain, HistorianStatus status,
        TimeProvider clock, ILogger logger)
    {
        _id = id;
        _filter = filter;
        _connect = connect;
        _explain = explain;
        _status = status;
        _clock = clock;
        _logger = logger;
        _heads = new SilenceWatch(clock, SilenceMax);
        _samples = new SilenceWatch(clock, SilenceMax);
    }

    public Inbox Inbox { get; } = new();

    public bool IsConnected => _client is { IsConnected: true };

    /// <summary>The watermarks are known: from now on messages can be told from what is stored.</summary>
    public void MayConnect() => _mayConnect.TrySetResult();

    /// <summary>True once after each new connection.</summary>
    public bool TakeReconnected() => Interlocked.Exchange(ref _reconnected, 0) == 1;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _mayConnect.Task.WaitAsync(cancellationToken);
        await Reconnection.KeepAsync(RunOnceAsync, _clock, cancellationToken);
    }

    /// <summary>To be called now and then while no samples that were asked for are still to come.</summary>
    public void NothingAwaited() => _samples.Restart();

    /// <summary>False when the broker did not take the message; nothing is remembered then.</summary>
    public async Task<bool> PublishAsync(string topic, byte[] body, bool retain, CancellationToken cancellationToken)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = body,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        };
        return await TryAsync(async (client, limit) => (await client.PublishAsync(message, limit)).IsSuccess, cancellationToken);
    }

    /// <summary>Subscribes to the descriptions anew: the broker sends what it retains once more.</summary>
    public async Task RefreshMetaAsync(CancellationToken cancellationToken) => await TryAsync(
        async (client, limit) =>
        {
            await SubscribeAsync(client, _filter.MetaTopics, limit);
            return true;
        },
        cancellationToken);

    public void Dispose() => Inbox.Dispose();

    /// <summary>One connection, from its opening to its end. Whatever happens is told once and never thrown, but for a stop.</summary>
    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += OnMessageAsync;
        client.DisconnectedAsync += _ =>
        {
            lost.TrySetResult();
            return Task.CompletedTask;
        };
        try
        {
            var options = _connect();
            _address = Address(options.ChannelOptions);
            var result = await AnsweredAsync(limit => client.ConnectAsync(options, limit), cancellationToken);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                TellFailure(_explain?.Invoke(result, null) ?? new BrokerFailure(true, $"{result.ResultCode} {result.ReasonString}"));
                return;
            }

            // Descriptions first: they are retained, and the rest is read with their help.
            await SubscribeAsync(client, _filter.MetaTopics, cancellationToken);
            await SubscribeAsync(client, _filter.TelemetryTopics.Concat(_filter.HeadTopics), cancellationToken);
            _client = client;
            Interlocked.Exchange(ref _reconnected, 1);
            _status.TellBroker(true, "");
            _wasTold = false;
            _logger.Connected(_id, _address);
            _heads.Restart();
            _samples.Restart();
            if (await MissedAsync(lost.Task, cancellationToken) is { } missed)
            {
                _status.TellBroker(false, missed);
                _logger.NothingComes(_id, _address, missed);
                await LeaveAsync(client);
                return;
            }

            _status.TellBroker(false, "the connection to the broker was lost");
            _logger.BrokerLost(_id);
        }
        catch (Exception cause) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever the client makes of it (it calls a cancelled answer a timeout), it is the stop.
            await LeaveAsync(client);
            throw new OperationCanceledException("The historian stops.", cause, cancellationToken);
        }
        catch (Exception cause)
        {
            // Whatever it was, this connection is over and the next one is tried.
            TellFailure(_explain?.Invoke(null, cause) ?? new BrokerFailure(false, (cause.InnerException ?? cause).Message));
        }
        finally
        {
            _client = null;
        }
    }

    /// <summary>Waits for the connection's end, and returns null; or says what it does not bring, though it lives.</summary>
    private async Task<string?> MissedAsync(Task lost, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.WhenAny(lost, Task.Delay(SilenceLook, _clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (lost.IsCompleted)
            {
                return null;
            }

            if (_heads.IsOver())
            {
                return "no edge says anything (are they off?)";
            }

            if (_samples.IsOver())
            {
                return "no samples come, though some were asked for";
            }
        }
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var topic = received.ApplicationMessage.Topic;
        if (topic.EndsWith("/head", StringComparison.Ordinal))
        {
            _heads.Heard();
        }
        else if (topic.EndsWith("/telemetry", StringComparison.Ordinal))
        {
            _samples.Heard();
        }

        if (!Inbox.TryPut(topic, received.ApplicationMessage.Payload))
        {
            _status.CountDropped();
        }

        return Task.CompletedTask;
    }

    private async Task<bool> TryAsync(Func<IMqttClient, CancellationToken, Task<bool>> act, CancellationToken cancellationToken)
    {
        if (_client is not { } client)
        {
            return false;
        }

        try
        {
            return await AnsweredAsync(limit => act(client, limit), cancellationToken);
        }
        catch (TimeoutException)
        {
            // Each try to publish puts the client's own keep-alive off, so nobody else would ever find a silent broker.
            await LeaveAsync(client);
            return false;
        }
        catch (Exception)
        {
            // The connection's own task sees that it is gone, and says so. A stop is a stop, whatever the client calls it.
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>The client waits for ever when it is given a token, so the limit is ours: it throws with a sentence when it is over.</summary>
    private async Task<T> AnsweredAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerMax, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"the broker takes the connection but does not answer within {AnswerMax.TotalSeconds:0} s.");
        }
    }

    /// <summary>Ends a connection in order, but does not wait for the broker.</summary>
    private async Task LeaveAsync(IMqttClient client)
    {
        if (!client.IsConnected)
        {
            return;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), _clock);
        try
        {
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
        }
        catch (Exception)
        {
            // It was gone already.
        }
    }

    private async Task SubscribeAsync(IMqttClient client, IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        var builder = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in topics)
        {
            builder.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        var result = await AnsweredAsync(limit => client.SubscribeAsync(builder.Build(), limit), cancellationToken);
        if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            throw new InvalidOperationException(
                $"the broker does not let this user subscribe to {refused.TopicFilter.Topic} ({refused.ResultCode}); check its access list.");
        }
    }

    /// <summary>Which broker it was, where there are several.</summary>
    private static string Address(IMqttClientChannelOptions channel) => channel switch
    {
        MqttClientTcpOptions { RemoteEndpoint: DnsEndPoint host } => $"{host.Host}:{host.Port}",
        MqttClientWebSocketOptions socket => socket.Uri,
        _ => $"{channel}",
    };

    private void TellFailure(BrokerFailure failure)
    {
        var where = _address.Length > 0 ? " " + _address : "";
        var reason = AsSentence(failure.Sentence);
        _status.TellBroker(false, $"no connection to the broker{where}: {reason}");
        if (!_wasTold && failure.IsRefusal)
        {
            _logger.LoginRefused(_id, where, reason);
        }
        else if (!_wasTold)
        {
            _logger.BrokerUnreachable(_id, where, reason);
        }

        _wasTold = true;
    }

    /// <summary>Whoever wrote it, it ends like one.</summary>
    private static string AsSentence(string text) => text.TrimEnd(' ', '.') + (text.EndsWith('?') ? "" : ".");
}
