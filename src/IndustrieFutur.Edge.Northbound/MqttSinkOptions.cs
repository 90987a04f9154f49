using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Northbound.People;

namespace IndustrieFutur.Edge.Northbound;

/// <summary>What an integrator writes for a sink that publishes to an MQTT broker.</summary>
public sealed class MqttSinkOptions : SinkOptions
{
    [Required]
    [AllowedValues("mqtt")]
    [Description("Which kind of sink.")]
    public string Sink { get; init; } = "";

    [Description("When a sample may leave the spool: stored (the named historians have it), puback (the broker has it: the promise ends there), none (it was sent).")]
    public Confirm Confirm { get; init; } = Confirm.Stored;

    [MaxLength(8)]
    [Description("The historians whose word is awaited; needed for \"confirm\": \"stored\".")]
    public IReadOnlyList<string> Historians { get; init; } = [];

    [Range(1, 1000)]
    [Description("Samples in one message. 500 keep a message below 16 KiB; brokers are limited by messages, not bytes.")]
    public int BatchMax { get; init; } = 500;

    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    [Description("How long samples may wait for company. 250ms is still live to a person and fills batches.")]
    public TimeSpan BatchEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    [Range(1, 256)]
    [Description("Messages on the way without acknowledgement, or fewer when the broker says so (Receive Maximum). 16 fill a broker's pipe (measured: more bring nothing).")]
    public int Window { get; init; } = 16;

    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    [Description("How long the broker keeps our session when the connection is lost (MQTT 5): what historians ask meanwhile waits there. 0s: not at all.")]
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromMinutes(10);

    [Description("Topic of a device's telemetry, {group}, {edge} and {device} standing for the ids, for a consumer with its own order of names; our historians only find edge/v1/{group}/{edge}/{device}/telemetry.")]
    public string? TelemetryTopic { get; init; }

    [Description("The newest value of each signal as readable JSON on a topic of its own, for who only looks; nothing of it is kept.")]
    public PeopleOptions? People { get; init; }

    [Description("Commands are taken from this broker (edge/v1/{group}/{edge}/{device}/command/{user}). Whoever may write that topic is that user: the broker must let each write the own name only.")]
    public bool Commands { get; init; }

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        base.Check(mistakes);
        if (Confirm == Confirm.Stored && Historians.Count == 0)
        {
            mistakes.Add("\"confirm\": \"stored\" needs the historians whose word is awaited, such as [\"h1\"]; without one, write \"confirm\": \"puback\"", "historians");
        }

        if (Commands && User is null && CertificateFile is null)
        {
            mistakes.Add("a broker that asks nobody for a name lets everybody command under any name; give it users and write \"user\" and \"password\" here, or remove it", "commands");
        }

        if (TelemetryTopic is not null)
        {
            CheckTopic(TelemetryTopic, mistakes);
        }
    }

    private void CheckTopic(string template, Mistakes mistakes)
    {
        if (TopicTemplate.Mistake(template, ["device"], ["group", "edge"]) is { } mistake)
        {
            mistakes.Add(mistake, "telemetryTopic");
        }

        if (Historians.Count > 0)
        {
            mistakes.Add("historians listen below edge/v1/ and would hear nothing; remove \"telemetryTopic\", or \"historians\" with \"confirm\": \"puback\"", "telemetryTopic");
        }
    }
}
