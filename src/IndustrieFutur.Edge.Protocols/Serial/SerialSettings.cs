using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>A serial port and how its line is set: what stands on a device's plate as "19200 8E1".</summary>
public sealed record SerialSettings
{
    /// <summary>Above it the silence between frames is fixed (Modbus over Serial Line 1.02, 2.5.1.1), or timers could not keep it.</summary>
    private const int FixedGapAboveBaud = 19_200;

    private const long FixedGapNanos = 1_750_000;

    /// <summary>The slowest and the fastest line that Linux has a name for.</summary>
    private const int BaudMin = 50;

    private const int BaudMax = 4_000_000;

    private const string Form = "write it like \"19200 8E1\": speed, data bits (5 to 8), parity (N, E, O, M, S), stop bits (1 or 2)"
        + ", and after a blank \"xonxoff\" or \"rtscts\" if the device needs it";

    /// <summary>The port's path or name: <c>/dev/serial/by-id/...</c>, <c>/dev/ttyUSB0</c>, <c>COM3</c>.</summary>
    public string Port { get; init; } = "";

    /// <summary>Bits per second.</summary>
    public int Baud { get; init; } = 9_600;

    public int DataBits { get; init; } = 8;

    public SerialParity Parity { get; init; } = SerialParity.None;

    public int StopBits { get; init; } = 1;

    public SerialFlow Flow { get; init; } = SerialFlow.None;

    /// <summary>One character on the line: start bit, data, parity, stop bits.</summary>
    public long CharacterNanos => (1 + DataBits + (Parity == SerialParity.None ? 0 : 1) + StopBits) * 1_000_000_000L / Baud;

    /// <summary>The silence that ends a frame (t3.5): three and a half characters.</summary>
    public long FrameGapNanos => Baud > FixedGapAboveBaud ? FixedGapNanos : CharacterNanos * 7 / 2;

    /// <summary>Reads "19200 8E1"; the port is the caller's to add. False with a sentence when it is not of that form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SerialSettings? settings, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        settings = null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 2 or > 3 || words[1].Length != 3)
        {
            error = $"\"{text}\" is no setting of a serial line; {Form}";
            return false;
        }

        if (!int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var baud) || baud is < BaudMin or > BaudMax)
        {
            error = $"\"{words[0]}\" is no speed of a serial line; write {BaudMin} to {BaudMax} bits per second, such as 9600 or 19200";
            return false;
        }

        var dataBits = words[1][0] - '0';
        var stopBits = words[1][2] - '0';
        var parity = ParityOf(words[1][1]);
        var flow = words.Length == 2 ? SerialFlow.None : FlowOf(words[2]);
        if (dataBits is < 5 or > 8 || stopBits is < 1 or > 2 || parity is null || flow is null)
        {
            error = $"\"{text}\" is no setting of a serial line; {Form}";
            return false;
        }

        error = "";
        settings = new SerialSettings { Baud = baud, DataBits = dataBits, Parity = parity.Value, StopBits = stopBits, Flow = flow.Value };
        return true;
    }

    /// <summary>The line as people write it: "19200 8E1".</summary>
    public override string ToString()
    {
        var flow = Flow switch
        {
            SerialFlow.XonXoff => " xonxoff",
            SerialFlow.RtsCts => " rtscts",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Baud} {DataBits}{Parity.ToString()[0]}{StopBits}{flow}");
    }

    private static SerialParity? ParityOf(char letter) => char.ToUpperInvariant(letter) switch
    {
        'N' => SerialParity.None,
        'O' => SerialParity.Odd,
        'E' => SerialParity.Even,
        'M' => SerialParity.Mark,
        'S' => SerialParity.Space,
        _ => null,
    };

    private static SerialFlow? FlowOf(string word) => word.ToUpperInvariant() switch
    {
        "XONXOFF" => SerialFlow.XonXoff,
        "RTSCTS" => SerialFlow.RtsCts,
        _ => null,
    };
}
