namespace IndustrieFutur.Edge.Control;

/// <summary>How a command ended. Each has exactly one; "sent" is none of them.</summary>
public enum Outcome
{
    /// <summary>By a rule of the gate, or of the driver just before it wrote: nothing was written.</summary>
    Refused = 0,

    /// <summary>By the device, which was asked.</summary>
    Rejected = 1,

    /// <summary>The expected effect was seen on live values in time.</summary>
    Confirmed = 2,

    /// <summary>It may have been done or not: look at the machine. Nobody tries it again.</summary>
    Unknown = 3,
}
