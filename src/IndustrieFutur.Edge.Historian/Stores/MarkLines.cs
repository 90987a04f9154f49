using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Protocols.LineProtocol;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>
/// Watermarks as lines. Such a store keeps the prefix alone: ranges and refusals beyond are found again by asking. The epoch is a tag,
/// because VictoriaMetrics keeps numbers to some fifteen digits only.
/// </summary>
internal static class MarkLines
{
    public const string Measurement = "telemetry_watermark";

    /// <param name="historian">Whose watermarks: several may fill one store.</param>
    /// <param name="at">Where the line is put in time, nanoseconds since 1970 UTC.</param>
    /// <param name="now">When it was so; tells the newer of two.</param>
    public static byte[] Write(string historian, IReadOnlyList<StreamMark> marks, long at, DateTimeOffset now)
    {
        var lines = new StringBuilder();
        foreach (var mark in marks)
        {
            var key = LineKey.Make(
                Measurement,
                ("cell", mark.Stream.Cell),
                ("device", mark.Stream.Device),
                ("epoch", Watermark.Hex(mark.Epoch)),
                ("historian", historian));
            lines.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(key)}at={now.ToUnixTimeMilliseconds()}i,upTo={mark.Stored.UpToBeforeRefused}i {at}\n");
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    /// <summary>The mark that a store's tags and numbers tell; null when they are none of ours.</summary>
    public static StreamMark? Read(IReadOnlyDictionary<string, string> tags, double upTo)
    {
        if (!tags.TryGetValue("cell", out var cell) || !tags.TryGetValue("device", out var device) || !tags.TryGetValue("epoch", out var hex)
            || cell.Split('/') is not [var group, var edge]
            || !ulong.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var epoch)
            || upTo is not (>= 0 and < long.MaxValue))
        {
            return null;
        }

        var stored = new StreamStored(device, hex, (ulong)upTo, [], []);
        return new StreamMark(new StreamKey(group, edge, device), epoch, Watermark.From(stored));
    }
}
