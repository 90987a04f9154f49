using System.Globalization;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>Where the devices of a configuration are found in a simulated cell, as overrides of what the file says.</summary>
internal static class SimulatedPlaces
{
    /// <summary>The cobot once more, as its OPC UA server shows it.</summary>
    public const string OpcUaDevice = "cobot-ua";

    /// <summary>A device that somebody has taken out of the file is not put back.</summary>
    public static Dictionary<string, string?> Of(EdgeOptions written, CellSimulator cell) => All(cell)
        .Where(place => written.Devices.TryGetValue(place.Device, out var device) && device.Driver == place.Driver)
        .ToDictionary(place => $"IFEDGE__devices__{place.Device}__{place.Key}", place => place.Value);

    /// <summary>The devices of a configuration that no simulator stands for.</summary>
    public static IEnumerable<string> Missing(EdgeOptions written, CellSimulator cell) => written.Devices
        .Where(device => device.Value.Driver != "derived" && !All(cell).Any(place => place.Device == device.Key && place.Driver == device.Value.Driver))
        .Select(device => device.Key);

    private static (string Device, string Driver, string Key, string? Value)[] All(CellSimulator cell) =>
    [
        ("cobot", "rtde", "tcp__host", "127.0.0.1"),
        ("cobot", "rtde", "tcp__port", Text(cell.Rtde.EndPoint.Port)),
        ("dash", "dashboard", "tcp__host", "127.0.0.1"),
        ("dash", "dashboard", "tcp__port", Text(cell.Dashboard.EndPoint.Port)),
        (OpcUaDevice, "opcua", "endpoint", cell.CobotOpcUa?.EndpointUrl),
        ("plc", "modbus", "serial__port", cell.PlcPty),
        ("gripper", "modbus", "serial__port", cell.GripperPty),
        ("driver", "open-protocol", "tcp__host", "127.0.0.1"),
        ("driver", "open-protocol", "tcp__port", Text(cell.TorquePort)),
        ("scale", "framed", "serial__port", cell.ScalePty),
        ("scanner", "framed", "serial__port", cell.ScannerPty),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
