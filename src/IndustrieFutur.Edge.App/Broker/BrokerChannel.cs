using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// One client's packets on their way in and out: its identifier is made its user's own, so that nobody takes over another user's session by
/// naming it; its keep-alive is held to the limit; and MQTT 5 clients are told the limits.
/// </summary>
internal sealed class BrokerChannel(IMqttChannelAdapter inner, int packetBytesMax, ushort keepAliveMaxSeconds) : IMqttChannelAdapter
{
    /// <summary>No user's name has it (ids are refused with it), so that "a" + "b/c" and "a/b" + "c" stay two.</summary>
    private const char BehindUser = '/';

    /// <summary>Topic aliases of one connection (MQTT 5, 3.3.2.3.4): the server keeps each with its topic, and would take 65,535.</summary>
    private const ushort TopicAliasMax = 64;

    private string? _assigned;
    private bool _isKeepAliveOurs;

    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2? ClientCertificate => inner.ClientCertificate;

    public EndPoint? RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint? LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public void ResetStatistics() => inner.ResetStatistics();

    public void Dispose() => inner.Dispose();

    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var packet = await inner.ReceivePacketAsync(cancellationToken);
        if (packet is MqttConnectPacket connect)
        {
            Name(connect);
            HoldToLimit(connect);
        }

        return packet is MqttPublishPacket { TopicAlias: > TopicAliasMax }
            ? throw new MqttProtocolViolationException("A topic alias beyond the maximum that was told (MQTT 5, 3.3.2.3.4).")
            : packet;
    }

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttConnAckPacket answer && PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
        {
            answer.AssignedClientIdentifier = _assigned;
            answer.MaximumPacketSize = (uint)packetBytesMax;
            answer.TopicAliasMaximum = TopicAliasMax;
            answer.ServerKeepAlive = _isKeepAliveOurs ? keepAliveMaxSeconds : answer.ServerKeepAlive;
        }

        return inner.SendPacketAsync(packet, cancellationToken);
    }

    /// <summary>A client without an identifier gets one (MQTT 3.1.1, 3.1.3-6: only for a clean session; MQTT 5, 3.1.3.1).</summary>
    private void Name(MqttConnectPacket connect)
    {
        if (string.IsNullOrEmpty(connect.ClientId) && (connect.CleanSession || PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500))
        {
            _assigned = $"auto-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
            connect.ClientId = _assigned;
        }

        if (!string.IsNullOrEmpty(connect.ClientId))
        {
            connect.ClientId = $"{connect.Username}{BehindUser}{connect.ClientId}";
        }
    }

    /// <summary>The broker watches every client, those too that ask not to be watched (0, MQTT 5, 3.1.2.10).</summary>
    private void HoldToLimit(MqttConnectPacket connect)
    {
        _isKeepAliveOurs = connect.KeepAlivePeriod == 0 || connect.KeepAlivePeriod > keepAliveMaxSeconds;
        connect.KeepAlivePeriod = _isKeepAliveOurs ? keepAliveMaxSeconds : connect.KeepAlivePeriod;
    }
}
