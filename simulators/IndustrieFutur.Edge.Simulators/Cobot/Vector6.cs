using System.Runtime.CompilerServices;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// Six doubles in place: a value per joint (base, shoulder, elbow, wrist 1, 2, 3), or a pose (x, y, z in m, then a rotation vector in rad).
/// RTDE calls it VECTOR6D.
/// </summary>
[InlineArray(Count)]
internal struct Vector6
{
    public const int Count = 6;

    private double _first;
}
