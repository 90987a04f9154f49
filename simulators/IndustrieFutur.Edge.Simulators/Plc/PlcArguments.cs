using IndustrieFutur.Edge.Protocols.Serial;
using IndustrieFutur.Edge.Simulators.Arguments;
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

    /// <summary>Null with a sentence when something is not understood, or does nothing.</summary>
    public static PlcSimulatorSettings? Parse(ReadOnlySpan<string> words, out string error)
    {
        var settings = new PlcSimulatorSettings();
        var opcUa = new UaArguments(isOn: false);
        var options = new OptionList(
        [
            .. opcUa.Options,
            Option.Text("--pty-link", "the path of the symbolic link", path => settings = settings with { PtyLink = path }),
            Option.Text("--serial", "the name of a serial port", port => settings = settings with { SerialPort = port }) with
            {
                Second = Option.Text(
                    "--serial PORT", "the line's speed and frame, such as \"19200 8E1\"", line => settings = settings with { SerialSettings = line }, static line => SerialSettings.TryParse(line, out _, out _)),
            },
            Option.Place("--tcp", place => settings = settings with { Tcp = place }),
            Option.Number("--seed", 0, int.MaxValue, seed => settings = settings with { Seed = seed }),
            Option.Number("--unit", 1, UnitMax, unit => settings = settings with { Unit = (byte)unit }),
        ]);

        error = options.Read(words);
        if (error.Length == 0)
        {
            var hasLine = settings.PtyLink is not null || settings.SerialPort is not null || settings.Tcp is not null;
            settings = settings with { Pty = !hasLine && !opcUa.IsOn, OpcUa = opcUa.Settings };
            error = options.IsGiven("--unit") && !hasLine && opcUa.IsOn
                ? "--unit: does nothing without Modbus; add --tcp, --serial or --pty-link, or leave it out"
                : opcUa.MistakeIn(options);
        }

        return error.Length > 0 ? null : settings;
    }
}
