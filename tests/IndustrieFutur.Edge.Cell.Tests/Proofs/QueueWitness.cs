using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// A subscriber of no product of ours, which trusts its broker: a session that the broker keeps, QoS 1, nothing else. What was acknowledged
/// to the publisher while it was away and never reaches it, the broker has lost.
/// </summary>
internal sealed class QueueWitness(int port) : IAsyncDisposable
{
    private const string Topic = "witness/order";
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<int, bool> _heard = new();
    private readonly List<int> _acknowledged = [];
    private IMqttClient? _subscriber;
    private IMqttClient? _publisher;
    private CancellationTokenSource? _ending;
    private Task _publishing = Task.CompletedTask;
    private int _next;

    /// <summary>The broker knew the session when the subscriber came back.</summary>
    public bool WasKnown { get; private set; }

    /// <summary>The subscriber connects (again) to its session and hears what the broker has kept for it.</summary>
    public async Task ComeAsync(CancellationToken cancellation)
    {
        _subscriber = new MqttClientFactory().CreateMqttClient();
        _subscriber.ApplicationMessageReceivedAsync += received =>
        {
            _heard[int.Parse(Encoding.ASCII.GetString(received.ApplicationMessage.Payload.ToArray()), CultureInfo.InvariantCulture)] = true;
            return Task.CompletedTask;
        };
        WasKnown = (await _subscriber.ConnectAsync(Options("witness", isClean: false), cancellation)).IsSessionPresent;
        await _subscriber.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
    }

    /// <summary>The subscriber goes; the broker keeps its queue from now on.</summary>
    public async Task GoAsync(CancellationToken cancellation)
    {
        await _subscriber!.DisconnectAsync(new MqttClientDisconnectOptions(), cancellation);
        _subscriber.Dispose();
        _subscriber = null;
    }

    /// <summary>Begins to publish, one order after the other, each when the last was acknowledged, until the broker is gone.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        _publisher = new MqttClientFactory().CreateMqttClient();
        await _publisher.ConnectAsync(Options("witness-orders", isClean: true), cancellation);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _publishing = PublishAsync(_publisher, _ending.Token);
    }

    /// <summary>Ends the publishing, for when the broker was killed.</summary>
    public async Task EndAsync()
    {
        await (_ending?.CancelAsync() ?? Task.CompletedTask);
        await _publishing;
        _publisher?.Dispose();
        _ending?.Dispose();
        (_publisher, _ending) = (null, null);
    }

    /// <summary>One more order, heard: what the broker had kept for the subscriber came before it (MQTT 3.1.1, 4.6). Returns how many it lost since last asked.</summary>
    public async Task<int> LostAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var publisher = new MqttClientFactory().CreateMqttClient();
        await publisher.ConnectAsync(Options("witness-orders", isClean: true), cancellation);
        var last = await PublishNextAsync(publisher, cancellation);
        await Servers.Until.TrueAsync("the witness to hear the newest order", limit, () => _heard.ContainsKey(last), cancellation);
        var lost = _acknowledged.Count(order => !_heard.ContainsKey(order));
        _acknowledged.Clear();
        return lost;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _subscriber?.Dispose();
    }

    private async Task PublishAsync(IMqttClient publisher, CancellationToken ending)
    {
        try
        {
            while (true)
            {
                await PublishNextAsync(publisher, ending);
                await Task.Delay(Apart, TimeProvider.System, ending);
            }
        }
        catch (Exception)
        {
            // The broker is gone, whatever the client calls that: what counts was acknowledged before.
        }
    }

    private async Task<int> PublishNextAsync(IMqttClient publisher, CancellationToken cancellation)
    {
        var order = _next++;
        var result = await publisher.PublishAsync(
            new MqttApplicationMessage
            {
                Topic = Topic,
                PayloadSegment = Encoding.ASCII.GetBytes(order.ToString(CultureInfo.InvariantCulture)),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            },
            cancellation);
        if (result.IsSuccess)
        {
            _acknowledged.Add(order);
        }

        return order;
    }

    private MqttClientOptions Options(string clientId, bool isClean) => new MqttClientOptionsBuilder()
        .WithTcpServer("127.0.0.1", port)
        .WithClientId(clientId)
        .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311)
        .WithCleanSession(isClean)
        .Build();
}
