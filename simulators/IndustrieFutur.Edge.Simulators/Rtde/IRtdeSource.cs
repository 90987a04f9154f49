namespace IndustrieFutur.Edge.Simulators.Rtde;

/// <summary>What a simulated controller sends over RTDE: the values of its fields, all of one moment.</summary>
public interface IRtdeSource
{
    /// <summary>Takes the present moment: what is read until the next look is of this one. Called once a tick, by the clock's thread.</summary>
    void Look();

    /// <summary>
    /// Writes the value of a field as it stands in a package, big-endian, over the whole of the target, which has the width of the field's type.
    /// False: this controller has no such field. The timestamp is not asked for: it is the server's. Other threads call it too, at any time, but
    /// only to see whether there is such a field.
    /// </summary>
    bool TryRead(string field, Span<byte> target);
}
