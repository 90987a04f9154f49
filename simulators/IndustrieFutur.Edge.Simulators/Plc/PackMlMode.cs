namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>What the machine is there for just now, by the numbers of PackML's unit mode (ProductionMaintenanceModeEnum).</summary>
public enum PackMlMode : ushort
{
    Invalid = 0,
    Produce = 1,
    Maintenance = 2,
    Manual = 3,
}
