namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>What the arm is like on the morning of its day.</summary>
public sealed record CobotSettings
{
    /// <summary>Its name in the journal and in scenarios.</summary>
    public string Id { get; init; } = "cobot";

    /// <summary>The cell's seed: the same one gives the same day.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The program that is loaded; null for none.</summary>
    public string? Program { get; init; } = PickAndPlace.FileName;

    /// <summary>Somebody has pressed play at the pendant before the first tick, so that a demonstration shows something.</summary>
    public bool StartsPlaying { get; init; } = true;

    /// <summary>A protective stop comes by chance once in so many minutes of motion; 0: never by chance.</summary>
    public double MinutesBetweenProtectiveStops { get; init; } = 20;

    /// <summary>The serial number that dashboard and OPC UA show.</summary>
    public string SerialNumber { get; init; } = "20255500001";
}
