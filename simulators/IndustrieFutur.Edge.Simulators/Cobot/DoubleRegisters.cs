using System.Runtime.CompilerServices;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>The floating-point registers through which a program speaks to the outside: output_double_register_0 to 47.</summary>
[InlineArray(Count)]
internal struct DoubleRegisters
{
    public const int Count = 48;

    private double _first;
}
