using IndustrieFutur.Edge.Drivers.Dashboard;
using IndustrieFutur.Edge.Drivers.Derived;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Drivers.OpenProtocol;
using IndustrieFutur.Edge.Drivers.Rtde;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>Every driver, by the name that a configuration gives it. A new driver is one more line here.</summary>
public static class DriverCatalog
{
    private static readonly DriverKind[] Kinds = [ModbusDriver.Kind, FramedDriver.Kind, OpenProtocolDriver.Kind, OpcUaDriver.Kind, RtdeDriver.Kind, DashboardDriver.Kind, DerivedOptions.DriverKind];

    public static IReadOnlyList<DriverKind> All => Kinds;

    public static IEnumerable<string> Names => Kinds.Select(kind => kind.Name);

    public static DriverKind? Find(string name) => Array.Find(Kinds, kind => kind.Name == name);
}
