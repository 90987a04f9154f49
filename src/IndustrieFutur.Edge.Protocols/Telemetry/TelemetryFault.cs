using System.Globalization;
using System.Text.Json;

namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Says in a sentence what is wrong with a message that is no JSON, or other JSON than belongs there.</summary>
public static class TelemetryFault
{
    /// <summary>What our own converters throw is a sentence; what the parser throws names types of ours, and a path.</summary>
    public static string Of(JsonException cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        var place = cause.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1}, byte {(cause.BytePositionInLine ?? 0) + 1}{Where(cause.Path)})")
            : "";
        var isOurs = cause.InnerException is null && !cause.Message.Contains("Path:", StringComparison.Ordinal) && !cause.Message.Contains("IndustrieFutur.", StringComparison.Ordinal);
        return isOurs ? $"{cause.Message.TrimEnd('.')}{place}." : $"It is not the JSON that belongs on this topic{place}.";
    }

    private static string Where(string? path) => path is { Length: > 1 } ? $", at {path}" : "";
}
