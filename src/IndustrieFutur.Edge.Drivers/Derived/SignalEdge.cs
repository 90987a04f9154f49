namespace IndustrieFutur.Edge.Drivers.Derived;

/// <summary>Which changes count.</summary>
public enum SignalEdge
{
    Rising,
    Falling,
}
