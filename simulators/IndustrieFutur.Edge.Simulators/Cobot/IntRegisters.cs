using System.Runtime.CompilerServices;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>The integer registers through which a program speaks to the outside: output_int_register_0 to 47.</summary>
[InlineArray(Count)]
internal struct IntRegisters
{
    public const int Count = 48;

    private int _first;
}
