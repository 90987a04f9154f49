using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Northbound;

/// <summary>What an integrator writes for a sink that makes this edge a Sparkplug B edge node.</summary>
public sealed class SparkplugSinkOptions : SinkOptions
{
    [Required]
    [AllowedValues("sparkplug")]
    [Description("Which kind of sink.")]
    public string Sink { get; init; } = "";

    [RegularExpression(SparkplugTopics.IdPattern)]
    [Description("The Sparkplug group id, without '+', '/' and '#'; the edge's own group when absent.")]
    public string? GroupId { get; init; }

    [RegularExpression(SparkplugTopics.IdPattern)]
    [Description("The Sparkplug edge node id, unique in its group, without '+', '/' and '#'; the edge's own name when absent.")]
    public string? EdgeNodeId { get; init; }

    [RegularExpression(SparkplugTopics.IdPattern)]
    [Description("The id of the primary host application: nothing is published while its STATE says offline, and what was missed follows as history.")]
    public string? PrimaryHost { get; init; }

    [Range(1, 500)]
    [Description("Metrics in one message. 500 keep it below 64 KiB, which every host takes.")]
    public int BatchMax { get; init; } = 500;

    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    [Description("How long samples may wait for company. 250ms is still live to a person.")]
    public TimeSpan BatchEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    [Range(1_000, 10_000_000)]
    [Description("Samples per device that are kept, in memory, while broker or host are away; when full the oldest are dropped. 100,000 take up to 4 MB.")]
    public int SamplesPerDevice { get; init; } = 100_000;

    [Range(100, 100_000)]
    [Description("Missed samples sent per second, beside live data. 5,000 leave a host time for what is live.")]
    public int HistoryRate { get; init; } = 5_000;

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        base.Check(mistakes);
        foreach (var (key, id) in new[] { ("groupId", GroupId), ("edgeNodeId", EdgeNodeId), ("primaryHost", PrimaryHost) })
        {
            if (id is "")
            {
                mistakes.Add("is empty; write an id, or remove the key", key);
            }
        }
    }
}
