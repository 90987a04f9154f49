using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The newest value of one signal in words, for tables and JSON.</summary>
/// <param name="Value">By the plan's type; none when it is Bad or never came.</param>
/// <param name="Quality">Name of the OPC UA status code; "Waiting" before the first sample.</param>
/// <param name="AgeMillis">Since it arrived; -1 before the first sample.</param>
internal sealed record SignalView(
    string Device, string Signal, string Name, SignalValue Value, string Unit, string Quality, uint Status, long AgeMillis, string SourceTime, long Produced, long Stored)
{
    private const int TextBytesMax = 1_024;

    public static IEnumerable<SignalView> All(CellPlan plan, LinkSet links) => plan.Signals.Select(signal => Of(signal, links));

    /// <summary>For who decides or reads the audit: "plc/conv.speed=250 Good 12 ms".</summary>
    public static string Words(SignalPlan signal, LinkSet links)
    {
        var view = Of(signal, links);
        var unit = view.Unit.Length > 0 ? $" {view.Unit}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{view.Device}/{view.Signal}={view.Value}{unit} {view.Quality} {view.AgeMillis} ms");
    }

    private static SignalView Of(SignalPlan signal, LinkSet links)
    {
        Span<byte> text = stackalloc byte[TextBytesMax];
        var name = signal.NameFr.Length > 0 ? signal.NameFr : signal.NameEn.Length > 0 ? signal.NameEn : signal.Id;
        var entry = links.Ledger.Read(signal.Index);
        var length = links.Latest.ReadText(signal.Index, text, out var sample);
        if (length < 0)
        {
            return new SignalView(signal.Device, signal.Id, name, SignalValue.None, signal.Unit, "Waiting", StatusCode.BadWaitingForInitialData, -1, "", entry.Produced, entry.Stored);
        }

        // Nobody who could doubt it is there: a loop that stands still must not leave an interlock Good.
        var status = StatusCode.IsGood(sample.Status) && links.StandsStill ? StatusCode.UncertainLastUsableValue : sample.Status;
        var value = StatusCode.IsBad(status) ? SignalValue.None : Format(signal.Kind, sample, text[..length]);
        var age = (MonoClock.NowNanos() - sample.ArrivalMonoNanos) / 1_000_000;
        var source = DateTime.UnixEpoch.AddTicks(sample.SourceUtcNanos / 100).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        return new SignalView(
            signal.Device, signal.Id, name, value, signal.Unit, QualityOf(status), status, age, source, entry.Produced, entry.Stored);
    }

    /// <summary>Our own codes by the names they have here; what OPC UA servers send by the standard's.</summary>
    private static string QualityOf(uint status)
    {
        var ours = StatusCode.Name(status);
        if (ours is not ("Bad" or "Uncertain"))
        {
            return ours;
        }

        var standard = StatusCodes.NameOf(status);
        return standard.StartsWith("0x", StringComparison.Ordinal) ? ours : standard;
    }

    private static SignalValue Format(ValueKind kind, in Sample sample, ReadOnlySpan<byte> text) => kind switch
    {
        ValueKind.Float64 => new(sample.AsDouble.ToString("R", CultureInfo.InvariantCulture), false),
        ValueKind.Int64 => new(sample.Bits.ToString(CultureInfo.InvariantCulture), false),
        ValueKind.UInt64 => new(((ulong)sample.Bits).ToString(CultureInfo.InvariantCulture), false),
        ValueKind.Boolean => new(sample.Bits != 0 ? "true" : "false", false),
        _ => new(Encoding.UTF8.GetString(text), true),
    };
}
