using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Hears everything at a broker, and keeps where answers to commands were published.</summary>
internal sealed class AnswerWitness : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    private AnswerWitness()
    {
    }

    /// <summary>The topic of each answer, and whose it is by its request's id.</summary>
    public ConcurrentQueue<(string Topic, string Id)> Answers { get; } = [];

    public static async Task<AnswerWitness> ConnectAsync(int port, CancellationToken cancellation)
    {
        var witness = new AnswerWitness();
        witness._client.ApplicationMessageReceivedAsync += received =>
        {
            witness.Hear(received.ApplicationMessage.Topic, Encoding.UTF8.GetString(received.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        await witness._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("witness").Build(), cancellation);
        await witness._client.SubscribeAsync("#", MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
        return witness;
    }

    public void Dispose() => _client.Dispose();

    private void Hear(string topic, string text)
    {
        if (text.StartsWith('{') && text.Contains("\"outcome\":", StringComparison.Ordinal))
        {
            Answers.Enqueue((topic, (string?)JsonNode.Parse(text)!["id"] ?? ""));
        }
    }
}
