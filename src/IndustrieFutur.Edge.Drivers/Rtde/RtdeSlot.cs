namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>One signal as it is read out of a package: where, how, and which bits of it.</summary>
internal struct RtdeSlot
{
    /// <summary>The signal's index in the plan.</summary>
    public int Signal;

    /// <summary>Where its bytes begin in the values of a package.</summary>
    public int Offset;

    public RtdeReading Reading;

    /// <summary>The bits that are looked at; 0 when the value is wanted whole.</summary>
    public ulong Mask;
}
