namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>A number that goes to where it is wanted at a bounded rate, never at once.</summary>
internal struct Slope
{
    public double Value;

    /// <summary>One tick towards what is wanted.</summary>
    public void Approach(double wanted, double perTick) =>
        Value = wanted > Value ? Math.Min(wanted, Value + perTick) : Math.Max(wanted, Value - perTick);
}
