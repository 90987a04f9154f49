namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>How strong a fault is, under a key of its own in the scenario.</summary>
/// <param name="Key">Such as "perMinute".</param>
/// <param name="Low">The least number that means anything.</param>
/// <param name="High">The greatest.</param>
internal sealed record FaultSetting(string Key, double Low, double High)
{
    /// <summary>It is a text, such as an alarm's code, and so long at most; the numbers mean nothing then.</summary>
    public int TextMax { get; init; }

    public static FaultSetting OfText(string key, int max) => new(key, 0, 0) { TextMax = max };
}
