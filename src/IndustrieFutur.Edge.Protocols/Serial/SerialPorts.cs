using System.IO.Ports;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>The serial ports of this machine, for people who look for theirs.</summary>
public static class SerialPorts
{
    private const string ByIdFolder = "/dev/serial/by-id";

    public static IReadOnlyList<SerialPortName> List()
    {
        var aliases = Aliases();
        return [.. SerialPort.GetPortNames()
            .Union(aliases.Keys)
            .Order(StringComparer.Ordinal)
            .Select(name => new SerialPortName(name, aliases.GetValueOrDefault(name)))];
    }

    /// <summary>The ports in one sentence, for an error message.</summary>
    internal static string Sentence()
    {
        var ports = List();
        return ports.Count == 0 ? "This machine has no serial port." : $"The ports are: {string.Join(", ", ports)}.";
    }

    private static Dictionary<string, string> Aliases()
    {
        var aliases = new Dictionary<string, string>();
        try
        {
            foreach (var alias in Directory.EnumerateFiles(ByIdFolder))
            {
                if (File.ResolveLinkTarget(alias, returnFinalTarget: true) is { } target)
                {
                    aliases[target.FullName] = alias;
                }
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // No adapter, no udev, or one was pulled out while we looked: the names alone must do.
        }

        return aliases;
    }
}
