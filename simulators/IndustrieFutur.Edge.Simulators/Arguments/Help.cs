using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Simulators.Arguments;

/// <summary>What <c>cell-sim</c> says to somebody who asks for help, or for a device that there is not.</summary>
internal static class Help
{
    public const string Overview =
        """
        usage: cell-sim DEVICE [options]; it runs until Ctrl+C or SIGTERM
          cell-sim cobot    an arm over OPC UA, RTDE, its dashboard and Modbus TCP
          cell-sim plc      the conveyor's PLC over Modbus RTU, Modbus TCP and OPC UA
          cell-sim cell     the whole cell, also through a scenario of faults
          cell-sim DEVICE --help    its options
        It ends with 0; 1: a scenario's expectation was missed; 2: the command line is wrong; 3: the scenario's file is wrong;
        4: something cannot be opened; 130: a scenario was interrupted.
        """;

    private static readonly (string Device, string Usage)[] Devices =
        [("cobot", CobotArguments.Usage), ("plc", PlcArguments.Usage), ("cell", CellArguments.Usage)];

    /// <summary>Null: nobody asks for help.</summary>
    public static string? Of(ReadOnlySpan<string> words)
    {
        if (words.IsEmpty || !(IsHelp(words[0]) || words[1..].ContainsAny("--help", "-h") || (words.Length > 1 && words[1] == "help")))
        {
            return null;
        }

        var device = IsHelp(words[0]) ? words.Length > 1 ? words[1] : "" : words[0];
        return Devices.FirstOrDefault(one => one.Device == device).Usage ?? Overview;
    }

    /// <summary>What is wrong with a command line that names no device of ours.</summary>
    public static string NoDevice(ReadOnlySpan<string> words)
    {
        if (words.IsEmpty)
        {
            return "name a device";
        }

        var nearest = NearestWord.Find(words[0], [.. Devices.Select(static one => one.Device)]);
        return nearest is null ? "no such device" : $"no such device; did you mean {nearest}?";
    }

    private static bool IsHelp(string word) => word is "--help" or "-h" or "help";
}
