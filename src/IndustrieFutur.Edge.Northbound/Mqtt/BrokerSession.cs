using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>One open connection to a broker, in the newest version that it speaks, and the limits that it announced.</summary>
public sealed class BrokerSession : IDisposable
{
    private BrokerSession(IMqttClient client, MqttClientConnectResult answer, MqttProtocolVersion version, DateTimeOffset? validUntil)
    {
        Client = client;
        Version = version;
        IsResumed = answer.IsSessionPresent;
        ReceiveMax = answer.ReceiveMaximum is > 0 and var receive ? receive : ushort.MaxValue;
        PacketBytesMax = answer.MaximumPacketSize is > 0 and var bytes ? bytes : uint.MaxValue;
        CertificateValidUntil = validUntil;
    }

    /// <summary>Of MQTTnet; nobody connects it a second time.</summary>
    public IMqttClient Client { get; }

    /// <summary>What is spoken now.</summary>
    public MqttProtocolVersion Version { get; }

    /// <summary>The version as people write it.</summary>
    public string VersionText => Version == MqttProtocolVersion.V500 ? "5" : "3.1.1";

    /// <summary>Why it is not version 5, though that was asked for; empty when it is, or was not.</summary>
    public string FallBack { get; private set; } = "";

    /// <summary>The broker still knew us: our subscriptions, and what came for us meanwhile.</summary>
    public bool IsResumed { get; }

    /// <summary>So many messages of ours may be without acknowledgement (MQTT 5, 3.2.2.3.3).</summary>
    public int ReceiveMax { get; }

    /// <summary>A packet of ours may have so many bytes (MQTT 5, 3.2.2.3.6).</summary>
    public long PacketBytesMax { get; }

    /// <summary>Until when the broker's certificate is valid; null without TLS.</summary>
    public DateTimeOffset? CertificateValidUntil { get; }

    /// <summary>
    /// Opens a connection; where the broker refuses version 5, one of 3.1.1. Throws <see cref="BrokerException"/> with a sentence and
    /// <see cref="InvalidOperationException"/> when a secret or a certificate cannot be had.
    /// </summary>
    /// <param name="options">The configured broker.</param>
    /// <param name="address">Which of the broker's addresses.</param>
    /// <param name="clientId">Unique at the broker.</param>
    /// <param name="baseDirectory">What relative file names are relative to.</param>
    /// <param name="clock">Says whether a certificate is outdated.</param>
    /// <param name="shape">Adds what this client wants, a will for one. Asked anew before each CONNECT.</param>
    /// <param name="onMessage">Hears what comes in; null: nothing is expected.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<BrokerSession> OpenAsync(
        BrokerOptions options, string address, string clientId, string baseDirectory, TimeProvider clock,
        Func<MqttClientOptionsBuilder, MqttProtocolVersion, MqttClientOptionsBuilder> shape,
        Func<MqttApplicationMessageReceivedEventArgs, Task>? onMessage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(shape);
        var trust = BrokerConnection.Trust(options, address, baseDirectory, clock);
        MqttClientOptions Describe(MqttProtocolVersion version) =>
            shape(BrokerConnection.Describe(options, address, clientId, baseDirectory, version, trust, clock), version).Build();
        Task<BrokerSession> TryAsync(MqttProtocolVersion version) => ConnectAsync(options, address, Describe(version), trust, onMessage, cancellationToken);

        if (options.Version == "3.1.1")
        {
            return await TryAsync(MqttProtocolVersion.V311);
        }

        try
        {
            return await TryAsync(MqttProtocolVersion.V500);
        }
        catch (BrokerException refusal) when (refusal.MayBeVersion && !cancellationToken.IsCancellationRequested)
        {
            // Not remembered: a broker that was only just starting is asked for version 5 again next time.
            var session = await TryAsync(MqttProtocolVersion.V311);
            session.FallBack = refusal.Message;
            return session;
        }
    }

    public void Dispose() => Client.Dispose();

    /// <summary>Publishes with QoS 1, within the limit of time and size. Throws <see cref="BrokerException"/> when it is too large for the broker.</summary>
    internal Task<MqttClientPublishResult> PublishAsync(string topic, byte[] body, bool retain, CancellationToken cancellationToken)
    {
        PacketRoom.Require(PacketBytesMax, topic, body.Length, "");
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = body,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        };
        return BrokerConnection.InTimeAsync(token => Client.PublishAsync(message, token), cancellationToken);
    }

    private static async Task<BrokerSession> ConnectAsync(
        BrokerOptions options, string address, MqttClientOptions description, BrokerTrust trust,
        Func<MqttApplicationMessageReceivedEventArgs, Task>? onMessage, CancellationToken cancellationToken)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            if (onMessage is not null)
            {
                client.ApplicationMessageReceivedAsync += onMessage;
            }

            var answer = await BrokerConnection.InTimeAsync(token => client.ConnectAsync(description, token), cancellationToken);
            return answer.ResultCode == MqttClientConnectResultCode.Success
                ? new BrokerSession(client, answer, description.ProtocolVersion, trust.ValidUntil)
                : throw BrokerFault.Refused(answer);
        }
        catch (Exception cause)
        {
            client.Dispose();
            if (cause is MqttCommunicationException or MqttProtocolViolationException && !cancellationToken.IsCancellationRequested)
            {
                throw trust.Refusal ?? BrokerFault.Of(cause, options, address, trust.ValidUntil is not null);
            }

            throw;
        }
    }
}
