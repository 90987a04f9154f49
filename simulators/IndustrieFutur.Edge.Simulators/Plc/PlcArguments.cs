using System.Globalization;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>Reads the command line of <c>cell-sim plc</c>.</summary>
internal static class PlcArguments
{
    public const string Usage =
        $"""
        usage: cell-sim plc [--pty-link PATH] [--serial PORT ["19200 8E1"]] [--tcp [ADDRESS:]PORT] [--opcua [ADDRESS:]PORT] [--seed N] [--unit 1]
          --pty-link PATH   a pseudo-terminal, with a symbolic link to it at PATH
          --serial PORT     a slave on a real serial port
          --tcp PORT        Modbus TCP on loopback, or on ADDRESS:PORT
          --seed N          which day of the conveyor (the same number gives the same day)
          --unit N          the Modbus unit, 1 to 247
          --opcua PORT      OPC UA (PackML) on loopback, or on ADDRESS:PORT; and with it:
        {UaArguments.Usage}
        Without --pty-link, --serial, --tcp and --opcua it opens a pseudo-terminal and prints its name.
        """;

    private const int UnitMax = 247;

    /// <summary>Null with a sentence when something is not understood.</summary>
    public static PlcSimulatorSettings? Parse(ReadOnlySpan<string> arguments, out string error)
    {
        var settings = new PlcSimulatorSettings();
        var opcUa = new UaArguments(isOn: false);
        error = "";
        while (!arguments.IsEmpty)
        {
            if (opcUa.TryTake(ref arguments))
            {
                continue;
            }

            if (arguments.Length < 2)
            {
                error = $"{arguments[0]}: not known, or its value is missing";
                return null;
            }

            var (key, value) = (arguments[0], arguments[1]);
            arguments = arguments[2..];
            if (key == "--serial" && !arguments.IsEmpty && !arguments[0].StartsWith('-'))
            {
                settings = settings with { SerialSettings = arguments[0] };
                arguments = arguments[1..];
            }

            if (With(settings, key, value) is not { } next)
            {
                error = $"{key} {value}: not known, or no value for it";
                return null;
            }

            settings = next;
        }

        error = opcUa.Mistake;
        var anywhere = settings.PtyLink is not null || settings.SerialPort is not null || settings.Tcp is not null || opcUa.IsOn;
        return error.Length > 0 ? null : settings with { Pty = !anywhere, OpcUa = opcUa.Settings };
    }

    private static PlcSimulatorSettings? With(PlcSimulatorSettings settings, string key, string value) => key switch
    {
        "--pty-link" => settings with { PtyLink = value },
        "--serial" => settings with { SerialPort = value },
        "--tcp" when UaArguments.EndPoint(value) is { } endPoint => settings with { Tcp = endPoint },
        "--seed" when Number(value, int.MaxValue) is { } seed => settings with { Seed = seed },
        "--unit" when Number(value, UnitMax) is { } unit and > 0 => settings with { Unit = (byte)unit },
        _ => null,
    };

    private static int? Number(string value, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number : null;
}
