using System.Globalization;
using System.Net;

namespace IndustrieFutur.Edge.Simulators.Arguments;

/// <summary>One option of a command line: what may stand behind it, and what becomes of that.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What its value must be, for whoever wrote something else; null: it is a flag, and nothing stands behind it.</param>
/// <param name="TryTake">Takes the value (of a flag: an empty one). False: it is not what it must be.</param>
internal sealed record Option(string Name, string? Value, Func<string, bool> TryTake)
{
    public const string Off = "off";

    public const double SpeedMin = 0.1;

    public const double SpeedMax = 20;

    /// <summary>What may stand behind the value, and may be left out; null: nothing.</summary>
    public Option? Second { get; init; }

    /// <summary>A wrong value is never printed: somebody may have written a secret there.</summary>
    public bool IsSecret { get; init; }

    public static Option Flag(string name, Action take) => new(name, null, _ => Done(take));

    /// <param name="name">With its dashes.</param>
    /// <param name="what">What its value must be.</param>
    /// <param name="take">Takes it.</param>
    /// <param name="isIt">What is asked of it besides not being empty; null: nothing.</param>
    public static Option Text(string name, string what, Action<string> take, Func<string, bool>? isIt = null) =>
        new(name, what, value => value.Length > 0 && (isIt is null || isIt(value)) && Done(() => take(value)));

    public static Option Number(string name, int min, int max, Action<int> take) => new(
        name,
        $"a whole number, {min} to {max}",
        value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max && Done(() => take(number)));

    /// <summary>How fast the simulated time passes.</summary>
    public static Option Speed(Action<double> take) => new(
        "--speed",
        string.Create(CultureInfo.InvariantCulture, $"a number, {SpeedMin} to {SpeedMax}, times the wall's pace"),
        value => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is >= SpeedMin and <= SpeedMax && Done(() => take(speed)));

    /// <summary>Where a server listens on loopback.</summary>
    public static Option Port(string name, Action<int> take) => Number(name, IPEndPoint.MinPort, IPEndPoint.MaxPort, take) with { Value = "a port, 0 to 65535 (0: any that is free)" };

    /// <summary>Where a server listens.</summary>
    public static Option Place(string name, Action<IPEndPoint> take) => new(
        name, "a port, 0 to 65535 (0: any that is free), or ADDRESS:PORT", value => EndPoint(value) is { } place && Done(() => take(place)));

    /// <summary>Where a server listens; null: nowhere.</summary>
    public static Option PlaceOrOff(string name, Action<IPEndPoint?> take) => new(
        name,
        $"a port, 0 to 65535 (0: any that is free), ADDRESS:PORT, or \"{Off}\"",
        value => (value == Off && Done(() => take(null))) || (EndPoint(value) is { } place && Done(() => take(place))));

    /// <summary>A port on loopback, or ADDRESS:PORT; null when it is neither.</summary>
    private static IPEndPoint? EndPoint(string value)
    {
        if (ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return new IPEndPoint(IPAddress.Loopback, port);
        }

        return value.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(value, out var endPoint) ? endPoint : null;
    }

    private static bool Done(Action take)
    {
        take();
        return true;
    }
}
