using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The newest value of one signal in words, for tables and JSON.</summary>
/// <param name="Value">Formatted by the plan's type; "-" when there is none.</param>
/// <param name="Quality">Name of the OPC UA status code; "Waiting" before the first sample.</param>
/// <param name="AgeMillis">Since it arrived; -1 before the first sample.</param>
internal sealed record SignalView(
    string Device, string Signal, string Name, string Value, string Unit, string Quality, uint Status, long AgeMillis, string SourceTime, long Produced, long Stored)
{
    private const int TextBytesMax = 1_024;

    public static IEnumerable<SignalView> All(CellPlan plan, LinkSet links) => plan.Signals.Select(signal => Of(signal, links));

    private static SignalView Of(SignalPlan signal, LinkSet links)
    {
        Span<byte> text = stackalloc byte[TextBytesMax];
        var name = signal.NameFr.Length > 0 ? signal.NameFr : signal.NameEn.Length > 0 ? signal.NameEn : signal.Id;
        var entry = links.Ledger.Read(signal.Index);
        var length = links.Latest.ReadText(signal.Index, text, out var sample);
        if (length < 0)
        {
            return new SignalView(signal.Device, signal.Id, name, "-", signal.Unit, "Waiting", StatusCode.BadWaitingForInitialData, -1, "", entry.Produced, entry.Stored);
        }

        var value = StatusCode.IsBad(sample.Status) ? "-" : Format(signal.Kind, sample, text[..length]);
        var age = (MonoClock.NowNanos() - sample.ArrivalMonoNanos) / 1_000_000;
        var source = DateTime.UnixEpoch.AddTicks(sample.SourceUtcNanos / 100).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        return new SignalView(
            signal.Device, signal.Id, name, value, signal.Unit, StatusCode.Name(sample.Status), sample.Status, age, source, entry.Produced, entry.Stored);
    }

    private static string Format(ValueKind kind, in Sample sample, ReadOnlySpan<byte> text) => kind switch
    {
        ValueKind.Float64 => sample.AsDouble.ToString("G6", CultureInfo.InvariantCulture),
        ValueKind.Int64 => sample.Bits.ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt64 => ((ulong)sample.Bits).ToString(CultureInfo.InvariantCulture),
        ValueKind.Boolean => sample.Bits != 0 ? "true" : "false",
        _ => Encoding.UTF8.GetString(text),
    };
}
