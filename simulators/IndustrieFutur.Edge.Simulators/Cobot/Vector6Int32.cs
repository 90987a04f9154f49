using System.Runtime.CompilerServices;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>Six integers in place, one per joint. RTDE calls it VECTOR6INT32.</summary>
[InlineArray(Count)]
internal struct Vector6Int32
{
    public const int Count = 6;

    private int _first;
}
