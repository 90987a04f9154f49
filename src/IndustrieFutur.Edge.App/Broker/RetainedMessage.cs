using System.Buffers;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>A retained message as it stands in the file, with what MQTT 5 says beside the payload; an empty payload is its end.</summary>
internal sealed record RetainedMessage(
    string Topic,
    int QualityOfService,
    byte[] Payload,
    int PayloadFormat,
    string? ContentType,
    string? ResponseTopic,
    byte[]? CorrelationData,
    string[][]? UserProperties)
{
    public static RetainedMessage Of(MqttApplicationMessage message) => new(
        message.Topic,
        (int)message.QualityOfServiceLevel,
        message.Payload.ToArray(),
        (int)message.PayloadFormatIndicator,
        message.ContentType,
        message.ResponseTopic,
        message.CorrelationData,
        message.UserProperties?.Select(property => new[] { property.Name, property.ReadValueAsString() }).ToArray());

    public MqttApplicationMessage ToMessage() => new()
    {
        Topic = Topic,
        Retain = true,
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)QualityOfService,
        PayloadSegment = Payload,
        PayloadFormatIndicator = (MqttPayloadFormatIndicator)PayloadFormat,
        ContentType = ContentType,
        ResponseTopic = ResponseTopic,
        CorrelationData = CorrelationData,
        UserProperties = UserProperties?.Where(pair => pair.Length == 2).Select(pair => new MqttUserProperty(pair[0], System.Text.Encoding.UTF8.GetBytes(pair[1]))).ToList(),
    };
}
