using System.Diagnostics.Metrics;
using System.Globalization;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.Control;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>How commands fare, as instruments of the cell's meter.</summary>
internal static class CommandMetrics
{
    /// <summary>The first 48 bits of the hash: a number that every reader of metrics keeps exactly.</summary>
    private const int HashDigits = 12;

    public static void AddTo(Meter meter, CellCommands commands)
    {
        if (commands.Gate is not { } gate)
        {
            meter.CreateObservableGauge("ifedge.commands.on", () => 0, null, "1: commands are taken.");
            return;
        }

        meter.CreateObservableGauge("ifedge.commands.on", () => gate.Status.IsOn ? 1 : 0, null, "1: commands are taken.");
        meter.CreateObservableGauge("ifedge.commands.armed", () => gate.Status.IsArmed ? 1 : 0, null, "1: the set of commands in force is armed.");
        meter.CreateObservableCounter("ifedge.commands.outcomes", () => Counts(gate.Status.Outcomes, "outcome"), "{command}", "Commands by how they ended.");
        meter.CreateObservableCounter("ifedge.commands.refusals", () => Counts(gate.Status.Refusals, "rule"), "{command}", "Commands refused, by the rule.");
        meter.CreateObservableCounter("ifedge.reactions.fired", () => Fired(gate), "{reaction}", "Rules that were set off.");
        meter.CreateObservableGauge("ifedge.audit.head", () => gate.Status.AuditHead, "{line}", "The number of the audit's last line.");
        meter.CreateObservableGauge("ifedge.audit.hash", () => HashOf(gate.Status.AuditHash), null, "The first 48 bits of the hash of the audit's last line: a tail that was cut off shows.");
    }

    internal static long HashOf(string hash) =>
        hash.Length >= HashDigits && long.TryParse(hash.AsSpan(0, HashDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static IEnumerable<Measurement<long>> Counts(IReadOnlyDictionary<string, long> counts, string tag) =>
        counts.Select(count => new Measurement<long>(count.Value, new KeyValuePair<string, object?>(tag, count.Key)));

    private static IEnumerable<Measurement<long>> Fired(CommandGate gate) =>
        gate.Status.Reactions.Select(reaction => new Measurement<long>(reaction.Fired, new KeyValuePair<string, object?>("reaction", reaction.Id)));
}
