using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Northbound.People;

namespace IndustrieFutur.Edge.Northbound;

/// <summary>What an integrator writes to have each signal's newest value as readable JSON on a topic of its own, beside the durable telemetry.</summary>
public sealed class PeopleOptions : IChecked
{
    [Description("Topic of a signal; {group}, {edge}, {device} and {signal} stand for the ids, one in a level.")]
    public string Topic { get; init; } = "people/{group}/{edge}/{device}/{signal}";

    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    [Description("A signal is published at most so often, with its newest value, and only when there is one. 1s is what a person can follow.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    [Range(1, 5_000)]
    [Description("Messages a second over all signals; beyond, signals take turns. 200 leave a small broker its time for telemetry.")]
    public int MessagesPerSecond { get; init; } = 200;

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        if (TopicTemplate.Mistake(Topic, ["device", "signal"], ["group", "edge"]) is { } mistake)
        {
            mistakes.Add(mistake, "topic");
        }
    }
}
