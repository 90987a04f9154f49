using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>What a swinging door remembers: the last point that was sent, the newest sample, and between which slopes the next may lie.</summary>
internal struct DoorState
{
    /// <summary>The last point that was sent.</summary>
    public Sample Sent;

    /// <summary>The newest sample: sent when the next one closes the door, dropped when it does not.</summary>
    public Sample Held;

    public double SlopeMin;
    public double SlopeMax;
    public bool HasSent;
    public bool HasHeld;
}
