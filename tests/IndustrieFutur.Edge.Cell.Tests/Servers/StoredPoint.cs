using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>One point as the store gives it back.</summary>
/// <param name="Device">The tag `device`.</param>
/// <param name="Signal">The tag `signal`.</param>
/// <param name="UtcNanos">Its time; VictoriaMetrics keeps milliseconds only.</param>
/// <param name="Value">The value as the store wrote it; null for a Bad sample, which carries its status alone.</param>
/// <param name="Status">The field `q`: the OPC UA status code.</param>
public sealed record StoredPoint(string Device, string Signal, long UtcNanos, string? Value, long? Status)
{
    /// <summary>Device and signal in one, as the readers count them.</summary>
    public string Key => $"{Device}/{Signal}";

    public double Number => double.Parse(Value ?? "NaN", CultureInfo.InvariantCulture);
}
