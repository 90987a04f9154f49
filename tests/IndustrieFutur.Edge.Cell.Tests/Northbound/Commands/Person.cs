using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Commands;

/// <summary>Somebody who commands over MQTT and hears all answers.</summary>
internal sealed class Person : IDisposable
{
    public const string Topic = "edge/v1/g/e/plc/command/martin";

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    public ConcurrentQueue<MqttApplicationMessage> Answers { get; } = [];

    public static async Task<Person> ConnectAsync(int port, CancellationToken cancellation, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var person = new Person();
        person._client.ApplicationMessageReceivedAsync += received =>
        {
            person.Answers.Enqueue(received.ApplicationMessage);
            return Task.CompletedTask;
        };
        await person._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(version).Build(), cancellation);
        await person._client.SubscribeAsync("edge/v1/g/e/result/#", MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
        return person;
    }

    public static string Body(string id, string more = "") => $$"""{"command":"speed","id":"{{id}}","values":{"speed":200}{{more}}}""";

    /// <summary>In ten seconds, as a further member of a body.</summary>
    public static string Expires() => $",\"expires\":{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 10_000}";

    public Task SayAsync(string body, CancellationToken cancellation, Action<MqttApplicationMessageBuilder>? shape = null, MqttQualityOfServiceLevel quality = MqttQualityOfServiceLevel.AtLeastOnce)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(Topic).WithPayload(body).WithQualityOfServiceLevel(quality);
        shape?.Invoke(message);
        return _client.PublishAsync(message.Build(), cancellation);
    }

    /// <summary>The next answer that was not looked at yet.</summary>
    public async Task<(MqttApplicationMessage Message, JsonNode Json)> HearAsync(CancellationToken cancellation)
    {
        MqttApplicationMessage? message = null;
        await Until.TrueAsync("an answer", ListenerScene.Limit, () => Answers.TryDequeue(out message), cancellation);
        return (message!, JsonNode.Parse(Encoding.UTF8.GetString(message!.Payload.ToArray()))!);
    }

    public void Dispose() => _client.Dispose();
}
