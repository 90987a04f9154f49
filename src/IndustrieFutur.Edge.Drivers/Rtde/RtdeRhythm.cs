namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>The signals of a group, which lie side by side, and the packages that pass between two of their samples.</summary>
internal struct RtdeRhythm
{
    /// <summary>The first of the group's slots.</summary>
    public int First;

    public int Count;

    /// <summary>One package in so many is taken.</summary>
    public int Every;

    /// <summary>So many packages pass before the next one is taken.</summary>
    public long Left;
}
