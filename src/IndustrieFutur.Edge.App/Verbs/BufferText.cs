using System.Globalization;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>Samples of the spool as people and spreadsheets read them: CSV as in RFC 4180, times in UTC.</summary>
internal static class BufferText
{
    public const string CsvHead = "device,signal,number,sourceTime,status,value\n";

    public static string Csv(StoredSpoolSample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sample.Device},{sample.Signal},{sample.Number},{Time(sample.Sample.SourceUtcNanos)},{StatusCode.Name(sample.Sample.Status)},{Value(sample)}\n");

    /// <summary>To the nanosecond: a sample's identity.</summary>
    public static string Time(long utcNanos)
    {
        var second = DateTime.UnixEpoch.AddSeconds(utcNanos / 1_000_000_000).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{second}.{utcNanos % 1_000_000_000:D9}Z");
    }

    /// <summary>A Bad sample has none.</summary>
    private static string Value(StoredSpoolSample sample) => StatusCode.IsBad(sample.Sample.Status) ? "" : sample.Kind switch
    {
        ValueKind.Float64 => sample.Sample.AsDouble.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Int64 => sample.Sample.Bits.ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt64 => ((ulong)sample.Sample.Bits).ToString(CultureInfo.InvariantCulture),
        ValueKind.Boolean => sample.Sample.Bits != 0 ? "true" : "false",
        _ => $"\"{sample.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };
}
