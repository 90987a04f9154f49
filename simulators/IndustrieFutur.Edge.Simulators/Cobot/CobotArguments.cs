using System.Globalization;
using System.Net;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>Reads the command line of <c>cell-sim cobot</c>.</summary>
internal static class CobotArguments
{
    public const string Usage =
        $"""
        usage: cell-sim cobot [--opcua [ADDRESS:]PORT] [--rtde PORT] [--dashboard PORT] [--modbus PORT] [--seed N] [--speed S] [--id NAME]
          --opcua PORT         OPC UA Robotics on loopback, or on ADDRESS:PORT (4840); "off" leaves it out, as with each of these:
          --rtde PORT          RTDE (30004)
          --dashboard PORT     the dashboard's line protocol (29999)
          --modbus PORT        the controller's Modbus TCP registers (5020; a real one has 502)
          --seed N             which day of the arm (the same number gives the same day)
          --speed S            times the wall's pace, 0.1 to 20
          --id NAME            its name in the certificate (cobot)
        {UaArguments.Usage}
        """;

    private const double SpeedMin = 0.1;
    private const double SpeedMax = 20;

    /// <summary>Null with a sentence when something is not understood.</summary>
    public static CobotSimulatorSettings? Parse(ReadOnlySpan<string> arguments, out string error)
    {
        var (settings, opcUa) = (new CobotSimulatorSettings(), new UaArguments(isOn: true));
        while (!arguments.IsEmpty)
        {
            if (opcUa.TryTake(ref arguments))
            {
                continue;
            }

            if (arguments.Length < 2 || With(settings, arguments[0], arguments[1]) is not { } next)
            {
                error = $"{string.Join(' ', arguments[..Math.Min(2, arguments.Length)]!)}: not known, or no value for it";
                return null;
            }

            settings = next;
            arguments = arguments[2..];
        }

        error = opcUa.Mistake;
        return error.Length > 0 ? null : settings with { OpcUa = opcUa.Settings };
    }

    private static CobotSimulatorSettings? With(CobotSimulatorSettings settings, string key, string value) => key switch
    {
        "--rtde" when TryPlace(value, out var place) => settings with { Rtde = place },
        "--dashboard" when TryPlace(value, out var place) => settings with { Dashboard = place },
        "--modbus" when TryPlace(value, out var place) => settings with { Modbus = place },
        "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => settings with { Arm = settings.Arm with { Seed = seed } },
        "--speed" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is >= SpeedMin and <= SpeedMax =>
            settings with { Speed = speed },
        "--id" when value.Length > 0 && value.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') =>
            settings with { Arm = settings.Arm with { Id = value } },
        _ => null,
    };

    private static bool TryPlace(string value, out IPEndPoint? place)
    {
        place = value == UaArguments.Off ? null : UaArguments.EndPoint(value);
        return place is not null || value == UaArguments.Off;
    }
}
