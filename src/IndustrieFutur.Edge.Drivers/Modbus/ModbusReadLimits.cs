using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>How much one request may ask of a device, and how many unwanted addresses it may fetch to join two wanted ones.</summary>
internal readonly record struct ModbusReadLimits(int RegistersMax, int BitsMax, int GapMax)
{
    private const int BitsPerRegister = 16;

    public int CountMax(ModbusTable table) => table.HoldsBits() ? BitsMax : RegistersMax;

    /// <summary>The gap is said in registers; so many bits cost the same time on the wire.</summary>
    public int GapOf(ModbusTable table) => table.HoldsBits() ? GapMax * BitsPerRegister : GapMax;
}
