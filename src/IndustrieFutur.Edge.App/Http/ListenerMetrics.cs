using System.Diagnostics.Metrics;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Northbound.Commands;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>How the doors for commands at brokers fare, as instruments of the cell's meter.</summary>
internal static class ListenerMetrics
{
    public static void AddTo(Meter meter, Cell cell)
    {
        meter.CreateObservableGauge("ifedge.listener.connected", () => All(cell, listener => listener.Status.IsConnected ? 1 : 0), null, "1: commands are heard at the broker.");
        meter.CreateObservableCounter("ifedge.listener.requests", () => All(cell, listener => listener.Status.Requests), "{request}", "Requests for commands that came.");
        meter.CreateObservableCounter("ifedge.listener.refused", () => cell.Listeners.SelectMany(Refusals), "{request}", "Requests refused, by the rule.");
        meter.CreateObservableCounter("ifedge.listener.dropped", () => All(cell, listener => listener.Status.Dropped), "{request}", "Requests above the rate, which nobody looked at.");
        meter.CreateObservableCounter("ifedge.listener.answers_lost", () => All(cell, listener => listener.Status.AnswersLost), "{answer}", "Answers that did not reach the broker, or had no place to go.");
    }

    private static IEnumerable<Measurement<long>> All(Cell cell, Func<CommandListener, long> read) =>
        cell.Listeners.Select(listener => new Measurement<long>(read(listener), Tag("sink", listener.Id)));

    private static IEnumerable<Measurement<long>> Refusals(CommandListener listener) =>
        listener.Status.Refusals.Select(pair => new Measurement<long>(pair.Value, Tag("sink", listener.Id), Tag("rule", pair.Key)));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
