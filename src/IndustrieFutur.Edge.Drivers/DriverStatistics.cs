using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Drivers.OpenProtocol;
using IndustrieFutur.Edge.Drivers.Rtde;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>The numbers of one link by the kind of its driver, which writes them; whoever reads them needs no driver.</summary>
public sealed record DriverStatistics
{
    /// <summary>Of a driver that counts nothing of its own.</summary>
    public static readonly DriverStatistics None = new();

    /// <summary>One entry per device in the order of the plan; empty on a link that is not Modbus.</summary>
    public IReadOnlyList<ModbusUnitStatistics> ModbusUnits { get; init; } = [];

    /// <summary>Null on a link that is not RTDE.</summary>
    public RtdeStatistics? Rtde { get; init; }

    /// <summary>Null on a link that is not Open Protocol.</summary>
    public OpenProtocolStatistics? OpenProtocol { get; init; }

    /// <summary>Null on a link that is not OPC UA. These are the process's own: only the process that runs the driver has them.</summary>
    public OpcUaStatistics? OpcUa { get; init; }
}
