using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>One step of a compiled expression: 16 bytes, whatever it does.</summary>
/// <param name="code">What it does.</param>
/// <param name="operand">A signal's index, or a slot's number within its program.</param>
/// <param name="number">A constant, or a bit's number.</param>
/// <param name="kind">How the signal's bits are to be read.</param>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly struct StageOp(StageOpCode code, int operand = 0, double number = 0, ValueKind kind = ValueKind.Float64)
{
    public readonly StageOpCode Code = code;
    public readonly ValueKind Kind = kind;
    public readonly int Operand = operand;
    public readonly double Number = number;
}
