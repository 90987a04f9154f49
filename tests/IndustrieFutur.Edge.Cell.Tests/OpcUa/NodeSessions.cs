using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>What the foreign server has counted about sessions in its present life.</summary>
internal sealed record NodeSessions
{
    public NodeSessions(JsonObject said)
    {
        Live = (int)said["live"]!;
        LiveMax = (int)said["liveMax"]!;
        Creates = (int)said["creates"]!;
        Activates = (int)said["activates"]!;
        Subscriptions = (int)said["subscriptions"]!;
        CreateMillis = [.. said["createMillis"]!.AsArray().Select(millis => (long)millis!)];
    }

    /// <summary>How many sessions live now.</summary>
    public int Live { get; }

    /// <summary>How many lived at once at most.</summary>
    public int LiveMax { get; }

    /// <summary>How many CreateSession requests came, granted or not.</summary>
    public int Creates { get; }

    public int Activates { get; }

    public int Subscriptions { get; }

    /// <summary>When each CreateSession came, in milliseconds since the server came up.</summary>
    public IReadOnlyList<long> CreateMillis { get; }
}
