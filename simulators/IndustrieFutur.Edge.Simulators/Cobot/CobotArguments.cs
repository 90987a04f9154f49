using IndustrieFutur.Edge.Simulators.Arguments;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>Reads the command line of <c>cell-sim cobot</c>.</summary>
internal static class CobotArguments
{
    public const string Usage =
        $"""
        usage: cell-sim cobot [--opcua [ADDRESS:]PORT] [--rtde [ADDRESS:]PORT] [--dashboard [ADDRESS:]PORT] [--modbus [ADDRESS:]PORT]
                              [--seed N] [--speed S] [--id NAME]
          --opcua PORT         OPC UA Robotics on loopback, or on ADDRESS:PORT (4840); "off" leaves it out, as with each of these:
          --rtde PORT          RTDE (30004)
          --dashboard PORT     the dashboard's line protocol (29999)
          --modbus PORT        the controller's Modbus TCP registers (5020; a real one has 502)
          --seed N             which day of the arm (the same number gives the same day)
          --speed S            times the wall's pace, 0.1 to 20
          --id NAME            its name in the certificate (cobot)
        {UaArguments.Usage}
        """;

    /// <summary>Null with a sentence when something is not understood, does nothing, or leaves nothing to do.</summary>
    public static CobotSimulatorSettings? Parse(ReadOnlySpan<string> words, out string error)
    {
        var settings = new CobotSimulatorSettings();
        var opcUa = new UaArguments(isOn: true);
        var options = new OptionList(
        [
            .. opcUa.Options,
            Option.PlaceOrOff("--rtde", place => settings = settings with { Rtde = place }),
            Option.PlaceOrOff("--dashboard", place => settings = settings with { Dashboard = place }),
            Option.PlaceOrOff("--modbus", place => settings = settings with { Modbus = place }),
            Option.Number("--seed", 0, int.MaxValue, seed => settings = settings with { Arm = settings.Arm with { Seed = seed } }),
            Option.Speed(speed => settings = settings with { Speed = speed }),
            Option.Text("--id", "a name of letters, digits and dashes", id => settings = settings with { Arm = settings.Arm with { Id = id } }, IsName),
        ]);

        error = options.Read(words);
        if (error.Length == 0)
        {
            settings = settings with { OpcUa = opcUa.Settings };
            error = settings is { OpcUa: null, Rtde: null, Dashboard: null, Modbus: null }
                ? "every service is off, so nothing could reach the arm; leave one of --opcua, --rtde, --dashboard and --modbus on, such as --rtde 30004"
                : opcUa.MistakeIn(options);
        }

        return error.Length > 0 ? null : settings;
    }

    private static bool IsName(string value) => value.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
