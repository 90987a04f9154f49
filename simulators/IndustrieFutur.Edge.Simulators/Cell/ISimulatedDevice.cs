namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>
/// A device that lives by the cell's one clock. Its behaviour depends on nothing but its seed, the ticks, and what was asked of it:
/// no wall clock, no other randomness, so that the same seed gives the same day.
/// </summary>
public interface ISimulatedDevice
{
    /// <summary>Its name in the journal and in scenarios.</summary>
    string Id { get; }

    /// <summary>
    /// Lets one tick pass. Called by the clock's thread alone, in the order in which the devices were added; servers on other threads look at
    /// the device under its own lock. Must take well under a tick.
    /// </summary>
    void Tick(in SimulatedTime now);
}
