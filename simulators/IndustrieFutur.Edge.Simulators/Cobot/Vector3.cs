using System.Runtime.CompilerServices;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>Three doubles in place: x, y, z. RTDE calls it VECTOR3D.</summary>
[InlineArray(Count)]
internal struct Vector3
{
    public const int Count = 3;

    private double _first;
}
