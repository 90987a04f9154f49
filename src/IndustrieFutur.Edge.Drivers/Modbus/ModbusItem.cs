using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>One signal as the driver reads it: where its value lies and how it becomes a sample.</summary>
/// <param name="Signal">Index of the signal in the plan.</param>
/// <param name="Table">The table it lies in.</param>
/// <param name="Start">Its first address on the wire.</param>
/// <param name="Length">How many addresses it takes: registers, or one bit.</param>
/// <param name="Type">What it is.</param>
/// <param name="Order">In which order its bytes travel.</param>
/// <param name="Bit">The bit of a register, or the lowest of several, 0 the least significant.</param>
/// <param name="BitCount">How many bits of the register are a number of their own; 0: it is none of these.</param>
internal readonly record struct ModbusItem(
    int Signal, ModbusTable Table, int Start, int Length, ModbusType Type, ModbusWordOrder Order, int Bit, int BitCount = 0)
{
    public int End => Start + Length;

    /// <summary>The number of its own that a register's bits are.</summary>
    public long Bits(long register) => (register >> Bit) & ((1L << BitCount) - 1);
}
