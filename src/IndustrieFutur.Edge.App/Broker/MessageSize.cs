using System.Text;
using MQTTnet;
using MQTTnet.Packets;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>Bytes that a message takes, all that a client may fill: topic, payload, and what MQTT 5 lets it say beside them.</summary>
internal static class MessageSize
{
    public static long Of(MqttApplicationMessage message) =>
        message.Payload.Length + Of(message.Topic, message.ContentType, message.ResponseTopic, message.CorrelationData, message.UserProperties);

    public static long Of(MqttPublishPacket packet) =>
        packet.Payload.Length + Of(packet.Topic, packet.ContentType, packet.ResponseTopic, packet.CorrelationData, packet.UserProperties);

    private static long Of(string? topic, string? contentType, string? responseTopic, byte[]? correlation, List<MqttUserProperty>? properties) =>
        Of(topic) + Of(contentType) + Of(responseTopic) + (correlation?.Length ?? 0) + (properties?.Sum(property => Of(property.Name) + property.ValueBuffer.Length) ?? 0);

    private static long Of(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
