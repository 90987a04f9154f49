namespace IndustrieFutur.Edge.Drivers;

/// <summary>
/// The ports on which a robot of Universal Robots takes a line of text for an order: dashboard and URScript. A driver that writes bytes of the
/// configuration's or of an order's choosing opens none of them: eight bytes of a register are room for "\nplay\n".
/// </summary>
internal static class RobotPorts
{
    private const int Dashboard = 29_999;
    private const int ScriptFirst = 30_001;
    private const int ScriptLast = 30_003;

    /// <summary>Interpreter mode: statements of a running program.</summary>
    private const int Interpreter = 30_020;

    public static bool TakesOrders(int? port) => port is Dashboard or Interpreter or (>= ScriptFirst and <= ScriptLast);

    /// <summary>What is said of such a port to whoever wrote it.</summary>
    public static string Refusal(int? port) =>
        $"port {port} takes a robot's commands, which only the command gate may send; use the driver dashboard for its states and orders, and rtde for what it measures";
}
