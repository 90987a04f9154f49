using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>A client's connection whose next packet is chosen and whose last answer is kept; of MQTT 5 until told otherwise.</summary>
internal sealed class StubChannel : IMqttChannelAdapter
{
    public MqttPacket? Next { get; set; }

    public MqttPacket? Sent { get; private set; }

    public long BytesReceived => 0;

    public long BytesSent => 0;

    public X509Certificate2? ClientCertificate => null;

    public EndPoint? RemoteEndPoint => null;

    public EndPoint? LocalEndPoint => null;

    public bool IsSecureConnection => false;

    public MqttPacketFormatterAdapter PacketFormatterAdapter { get; private set; } = Of(MqttProtocolVersion.V500);

    public void Speak(MqttProtocolVersion version) => PacketFormatterAdapter = Of(version);

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken) => Task.FromResult(Next);

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        Sent = packet;
        return Task.CompletedTask;
    }

    public void ResetStatistics()
    {
    }

    public void Dispose()
    {
    }

    private static MqttPacketFormatterAdapter Of(MqttProtocolVersion version) => new(version, new MqttBufferWriter(4_096, 65_535));
}
