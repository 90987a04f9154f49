using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Protocols.Telemetry;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Somebody at a cell's broker who asks for commands, under any name and in any form, and hears the answers on topics of its own.</summary>
internal sealed class MqttCommander : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentDictionary<string, JsonObject> _answers = new();
    private readonly string _replies;
    private int _asked;

    private MqttCommander(string name) => _replies = $"{new EdgeTopics("proof", "cell1").Results}{name}/";

    public static async Task<MqttCommander> ConnectAsync(int port, string name, CancellationToken cancellation)
    {
        var commander = new MqttCommander(name);
        commander._client.ApplicationMessageReceivedAsync += received =>
        {
            var message = received.ApplicationMessage;
            commander._answers[message.Topic] = JsonNode.Parse(Encoding.UTF8.GetString(message.Payload.ToArray()))!.AsObject();
            return Task.CompletedTask;
        };
        await commander._client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId(name).WithProtocolVersion(MqttProtocolVersion.V500).Build(), cancellation);
        await commander._client.SubscribeAsync($"{commander._replies}#", MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
        return commander;
    }

    public static string Topic(string device, string user) => $"{EdgeTopics.Root}/proof/cell1/{device}/command/{user}";

    /// <summary>A request as it is meant to be, which expires after a while.</summary>
    public static JsonObject Request(string command, string id, JsonObject? values = null, string step = "submit", string token = "")
    {
        var request = new JsonObject { ["command"] = command, ["id"] = id, ["step"] = step, ["values"] = values ?? [], ["expires"] = In(TimeSpan.FromSeconds(20)) };
        if (token.Length > 0)
        {
            request["token"] = token;
        }

        return request;
    }

    /// <summary>So far from now, as a request says it.</summary>
    public static long In(TimeSpan time) => (TimeProvider.System.GetUtcNow() + time).ToUnixTimeMilliseconds();

    /// <summary>Asks, and waits for the answer.</summary>
    public async Task<JsonObject> AskAsync(string topic, byte[] body, CancellationToken cancellation, Action<MqttApplicationMessageBuilder>? shape = null)
    {
        var reply = string.Create(CultureInfo.InvariantCulture, $"{_replies}{Interlocked.Increment(ref _asked)}");
        await SayAsync(
            topic,
            body,
            MqttQualityOfServiceLevel.AtLeastOnce,
            cancellation,
            message =>
            {
                message.WithResponseTopic(reply);
                shape?.Invoke(message);
            });
        JsonObject? answer = null;
        await Until.TrueAsync($"an answer to {Shown(body)} on {topic}", Patience, () => _answers.TryRemove(reply, out answer), cancellation);
        return answer!;
    }

    public Task<JsonObject> AskAsync(string topic, JsonObject request, CancellationToken cancellation) =>
        AskAsync(topic, Encoding.UTF8.GetBytes(request.ToJsonString()), cancellation);

    /// <summary>Publishes and waits for no answer.</summary>
    public Task SayAsync(string topic, byte[] body, MqttQualityOfServiceLevel quality, CancellationToken cancellation, Action<MqttApplicationMessageBuilder>? shape = null)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body).WithQualityOfServiceLevel(quality);
        shape?.Invoke(message);
        return _client.PublishAsync(message.Build(), cancellation);
    }

    public void Dispose() => _client.Dispose();

    private static string Shown(byte[] body) => Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)));
}
