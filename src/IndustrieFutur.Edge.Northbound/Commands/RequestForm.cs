using System.Buffers;
using System.Text;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Protocols.Telemetry;
using MQTTnet;

namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>
/// Judges the form of a message on a command's topic: not retained, readable, with an expiry, of the topic's own device. All else is the gate's,
/// duplicates among it: a message that is delivered twice gets the first answer twice.
/// </summary>
internal sealed class RequestForm(string sink, CellPlan plan, TimeProvider clock)
{
    /// <summary>A command is given by somebody who waits for it; the gate's own limit is the same.</summary>
    private static readonly TimeSpan ExpiryMax = TimeSpan.FromSeconds(30);

    /// <summary>A name longer than that is nobody's.</summary>
    private const int UserMax = 64;

    private const int ResponseTopicBytesMax = 256;

    private readonly EdgeTopics _topics = new(plan.Group, plan.Edge);
    private readonly Dictionary<string, string> _devices = plan.Commands.ToDictionary(command => command.Id, command => plan.Devices[command.Device].Id);

    public FormedRequest Read(MqttApplicationMessage message)
    {
        var body = new RequestBody();
        try
        {
            var (device, user) = Sender(message.Topic);
            ReadBody(message, body);
            return message.Retain
                ? Refuse(message, body, "retained", new RemoteText(
                    "Une commande conservée (retain) n'est jamais exécutée : elle reviendrait à chaque connexion ; publiez-la sans retain et effacez celle-ci.",
                    "A retained command is never executed, for it would come again with each connection; publish it without retain, and clear this one."))
                : Judge(message, body, device, user);
        }
        catch (BadRequestException cause)
        {
            return Refuse(message, body, message.Retain ? "retained" : "malformed", cause.Text);
        }
    }

    /// <summary>Says that there is no room for it.</summary>
    public static RemoteAnswer Crowded(RemoteCommand command) => Refusal(command.Id, command.Command, "rate", new RemoteText(
        "Trop de commandes sont en cours ; attendez une réponse, puis recommencez.", "Too many commands are in work; wait for an answer, then try again."));

    private FormedRequest Judge(MqttApplicationMessage message, RequestBody body, string device, string user)
    {
        if (_devices.TryGetValue(body.Command, out var own) && own != device)
        {
            throw new BadRequestException(
                $"La commande \"{body.Command}\" est de \"{own}\" ; publiez-la sous {own}/command/{user}.", $"The command \"{body.Command}\" is one of \"{own}\"; publish it to {own}/command/{user}.");
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var expires = Expiry(message, body, now);
        if (expires == 0 || expires - now > ExpiryMax.TotalMilliseconds)
        {
            return Refuse(message, body, "expiry", expires == 0
                ? new RemoteText(
                    "La commande n'a pas d'échéance ; donnez \"expires\" ou le Message Expiry Interval de MQTT 5, 30 s au plus.",
                    "The command has no expiry; give \"expires\", or the Message Expiry Interval of MQTT 5, of at most 30 s.")
                : new RemoteText(
                    "L'échéance est à plus de 30 s ; donnez-en une plus proche, et vérifiez l'horloge de l'expéditeur.",
                    "The expiry is more than 30 s away; give a nearer one, and look at the sender's clock."));
        }

        var command = new RemoteCommand
        {
            User = user,
            Station = sink,
            Command = body.Command,
            Id = body.Id,
            Step = body.Step,
            Values = body.Values,
            ExpiresUtcMillis = expires,
            Token = body.Token,
            Reason = body.Reason,
        };
        return new FormedRequest(Address(message, body), command, null);
    }

    /// <summary>What is less counts; 0: neither is given. The interval is what the broker has left of it (MQTT 5, 3.3.2.3.3).</summary>
    private static long Expiry(MqttApplicationMessage message, RequestBody body, long now)
    {
        var left = message.MessageExpiryInterval == 0 ? 0 : now + (1_000L * message.MessageExpiryInterval);
        return left == 0 ? body.Expires : body.Expires == 0 ? left : Math.Min(left, body.Expires);
    }

    private (string Device, string User) Sender(string topic)
    {
        var isOurs = EdgeTopics.TryParse(topic, out var group, out var edge, out var rest) && group == plan.Group && edge == plan.Edge;
        return isOurs && rest.Split('/') is [var device, "command", { Length: > 0 and <= UserMax } user] && !user.Any(char.IsControl)
            ? (device, user)
            : throw new BadRequestException(
                $"Le sujet doit être {EdgeTopics.Root}/{plan.Group}/{plan.Edge}/<device>/command/<user>.", $"The topic must be {EdgeTopics.Root}/{plan.Group}/{plan.Edge}/<device>/command/<user>.");
    }

    private static void ReadBody(MqttApplicationMessage message, RequestBody body)
    {
        if (message.Payload.Length > RequestReader.BytesMax)
        {
            throw new BadRequestException(
                $"Le corps a {message.Payload.Length} octets ; {RequestReader.BytesMax} au plus sont lus.", $"The body has {message.Payload.Length} bytes; at most {RequestReader.BytesMax} are read.");
        }

        RequestReader.Read(message.Payload.ToArray(), body);
    }

    private FormedRequest Refuse(MqttApplicationMessage message, RequestBody body, string rule, RemoteText why) =>
        new(Address(message, body), null, Refusal(body.Id, body.Command, rule, why));

    private static RemoteAnswer Refusal(string id, string command, string rule, RemoteText why) =>
        new() { Id = id, Command = command, Outcome = RemoteAnswer.Refused, Rule = rule, Text = why };

    private ReplyAddress? Address(MqttApplicationMessage message, RequestBody body) =>
        IsOurs(message.ResponseTopic) ? new ReplyAddress(message.ResponseTopic, message.CorrelationData)
        : body.Id.Length > 0 ? new ReplyAddress(_topics.Results + body.Id, message.CorrelationData)
        : null;

    /// <summary>Nobody makes the edge publish anywhere else.</summary>
    private bool IsOurs(string? topic) =>
        topic is not null
        && topic.Length > _topics.Results.Length
        && topic.StartsWith(_topics.Results, StringComparison.Ordinal)
        && Encoding.UTF8.GetByteCount(topic) <= ResponseTopicBytesMax
        && !topic.Any(one => one is '+' or '#' || char.IsControl(one) || char.IsSurrogate(one));
}
