using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>One user of the embedded broker, and the topics that are open to it; nothing else is.</summary>
public sealed class BrokerUserOptions : IChecked
{
    [Required]
    [Description("Password, as \"env:NAME\" or \"file:path\".")]
    public SecretReference? Password { get; init; }

    [Description("A historian: reads edge/v1/#, and it alone publishes stored/ and replay/ topics.")]
    public bool Historian { get; init; }

    [MaxLength(64)]
    [Description("Topics it may publish, as MQTT filters; %u stands for its name.")]
    public IReadOnlyList<string> Publish { get; init; } = [];

    [MaxLength(64)]
    [Description("Topics it may subscribe, as MQTT filters; %u stands for its name.")]
    public IReadOnlyList<string> Subscribe { get; init; } = [];

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (!Historian && Publish.Count == 0 && Subscribe.Count == 0)
        {
            mistakes.Add("may do nothing; add \"publish\", \"subscribe\" or \"historian\": true, such as \"subscribe\": [\"edge/v1/#\"]");
        }

        CheckFilters(mistakes.Under("publish"), Publish);
        CheckFilters(mistakes.Under("subscribe"), Subscribe);
    }

    private static void CheckFilters(Mistakes mistakes, IReadOnlyList<string> filters)
    {
        for (var i = 0; i < filters.Count; i++)
        {
            if (!TopicFilter.IsValid(filters[i]))
            {
                mistakes.Add($"\"{filters[i]}\" is no MQTT topic filter; + stands for a whole level and # for all that follow, at the end only", $"{i}");
            }
        }
    }
}
