namespace IndustrieFutur.Edge.Drivers;

/// <summary>One signal of a device's options: its group (none where a device has no groups), its interval (zero when it comes by itself), its id and what is said of it.</summary>
public sealed record SignalEntry(string Group, TimeSpan Interval, string Id, SignalOptions Options)
{
    /// <summary>The JSON keys from the device to the signal.</summary>
    public string[] Path => Group.Length == 0 ? ["signals", Id] : ["groups", Group, "signals", Id];
}
