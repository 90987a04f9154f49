using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>
/// The hash that travels with every batch: the same plan has the same hash on every machine and after every restart, another
/// plan has another. It covers what a historian needs (aliases, names, kinds) and what changes a value's meaning (scale, unit).
/// </summary>
internal static class PlanHash
{
    /// <summary>Changes when the canonical text below changes its form.</summary>
    private const string Form = "plan-1";

    public static ulong Of(string group, string edge, IEnumerable<DevicePlan> devices)
    {
        var text = new StringBuilder();
        Append(text, Form, group, edge);
        foreach (var device in devices)
        {
            Append(text, "device", device.Id, device.Driver);
            foreach (var signal in device.Signals)
            {
                Append(text, signal);
            }
        }

        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Append(StringBuilder text, SignalPlan signal)
    {
        AppendMeaning(text, signal);

        // Only where there is something to say: a plan that had none of this before has the hash it had.
        if (signal.RateLimit is not null || signal.DoorDeviation is not null || signal.IsUnsent || signal.Derived is not null)
        {
            Append(
                text, "stages", signal.RateLimit, signal.RateDrops, signal.DoorDeviation, signal.DoorLongestNanos, signal.IsUnsent, signal.Derived?.Written);
        }
    }

    private static void AppendMeaning(StringBuilder text, SignalPlan signal) => Append(
        text,
        "signal",
        signal.Index,
        signal.Id,
        signal.RawKind,
        signal.Kind,
        signal.Interval.Ticks,
        signal.Scale,
        signal.Offset,
        signal.Unit,
        signal.NameFr,
        signal.NameEn,
        signal.Low,
        signal.High,
        signal.RangeDrops,
        signal.Deadband,
        signal.HeartbeatNanos,
        signal.StaleNanos,
        signal.TextBytes);

    /// <summary>Each part with its length before it, so that two plans cannot write the same text.</summary>
    private static void Append(StringBuilder text, params ReadOnlySpan<object?> parts)
    {
        foreach (var part in parts)
        {
            var said = Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"{said.Length}:{said};");
        }
    }
}
