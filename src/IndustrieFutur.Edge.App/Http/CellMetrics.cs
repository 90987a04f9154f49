using System.Diagnostics.Metrics;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Drivers.Rtde;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Northbound.Mqtt;
using IndustrieFutur.Edge.Northbound.Sparkplug;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>The cell's numbers as instruments of one meter; they are read when somebody asks, and cost nothing otherwise.</summary>
internal sealed class CellMetrics : IDisposable
{
    public const string MeterName = "IndustrieFutur.Edge";

    private readonly Meter _meter = new(MeterName);

    public CellMetrics(Cell cell)
    {
        Ledger("ifedge.samples.produced", "Samples written by drivers and stages.", cell, entry => entry.Produced);
        Ledger("ifedge.samples.filtered", "Samples held back by a stage.", cell, entry => entry.Filtered);
        Ledger("ifedge.samples.refused", "Samples refused by a full ring.", cell, entry => entry.Refused);
        Ledger("ifedge.samples.spooled", "Samples accepted by the spool.", cell, entry => entry.Spooled);
        Ledger("ifedge.samples.dropped", "Samples that will never be stored.", cell, entry => entry.Dropped);
        Ledger("ifedge.samples.stored", "Samples that every awaited historian has.", cell, entry => entry.Stored);
        Ledger("ifedge.source_times.moved", "Source times moved by a nanosecond to stay in order.", cell, entry => entry.TimesMoved);
        Ledger("ifedge.source_times.clock_faults", "Source times that stepped back by more than a second.", cell, entry => entry.ClockFaults);
        _meter.CreateObservableGauge("ifedge.spool.pending", () => cell.Spool.Pending, "{sample}", "Samples accepted and not yet confirmed.");
        _meter.CreateObservableGauge("ifedge.spool.fill", () => cell.Spool.Fill, null, "How full the fullest stream is.");
        LoopMetrics.AddTo(_meter, cell);
        ListenerMetrics.AddTo(_meter, cell);
        CommandMetrics.AddTo(_meter, cell.Commands);
        _meter.CreateObservableGauge("ifedge.links.connected", () => Links(cell, link => link.Status.IsConnected ? 1 : 0), null, "1: the link is open.");
        _meter.CreateObservableCounter("ifedge.links.losses", () => Links(cell, link => link.Status.Losses), "{loss}", "Open links that were lost.");
        _meter.CreateObservableGauge("ifedge.links.state", () => Links(cell, link => (long)link.Status.State), null, "0 connecting, 1 live, 2 stale, 3 back-off, 4 quarantined.");
        OpcUa(cell);
        Rtde(cell);
        _meter.CreateObservableGauge("ifedge.sink.connected", () => Sinks(cell, sink => sink.Status.IsConnected ? 1 : 0), null, "1: the broker is connected.");
        _meter.CreateObservableCounter("ifedge.sink.acknowledged", () => Sinks(cell, sink => sink.Status.Acknowledged), "{message}", "Messages the broker acknowledged.");
        _meter.CreateObservableCounter("ifedge.sink.returned", () => Sinks(cell, sink => sink.Status.Returned), "{message}", "Messages sent again.");
        _meter.CreateObservableGauge("ifedge.sink.pending", () => Sinks(cell, sink => sink.Outlet.Pending), "{sample}", "Samples accepted that this sink has not confirmed.");
        _meter.CreateObservableGauge("ifedge.sink.backlog", () => Sinks(cell, sink => sink.Outlet.Backlog), "{sample}", "Samples that this sink is still to send.");
        _meter.CreateObservableGauge("ifedge.sparkplug.born", () => Nodes(cell, node => node.IsBorn ? 1 : 0), null, "1: hosts know the edge node.");
        _meter.CreateObservableGauge("ifedge.sparkplug.history", () => Nodes(cell, node => node.History), "{sample}", "Missed samples that are still to be sent.");
        _meter.CreateObservableCounter("ifedge.sparkplug.dropped", () => Nodes(cell, node => node.Dropped), "{sample}", "Samples that no Sparkplug host will get.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Links(Cell cell, Func<LinkView, long> read) =>
        cell.Links.Views.Select(link => new Measurement<long>(read(link), new KeyValuePair<string, object?>("link", link.Link)));

    private static IEnumerable<Measurement<long>> Sinks(Cell cell, Func<MqttSink, long> read) =>
        cell.Sinks.Select(sink => new Measurement<long>(read(sink), new KeyValuePair<string, object?>("sink", sink.Id)));

    private static IEnumerable<Measurement<long>> Nodes(Cell cell, Func<SparkplugNode, long> read) =>
        cell.Nodes.Select(node => new Measurement<long>(read(node), new KeyValuePair<string, object?>("sink", node.Id)));

    private void OpcUa(Cell cell)
    {
        OpcUa("ifedge.opcua.sessions.created", "{session}", "Sessions made on the server.", cell, numbers => numbers.SessionsCreated);
        OpcUa("ifedge.opcua.sessions.resumed", "{session}", "Sessions that went on after a lost link.", cell, numbers => numbers.SessionsResumed);
        OpcUa("ifedge.opcua.reconnects", "{connection}", "Connections but the first.", cell, numbers => numbers.Reconnects);
        OpcUa("ifedge.opcua.publishes", "{message}", "Publish answers received.", cell, numbers => numbers.Publishes);
        OpcUa("ifedge.opcua.republished", "{message}", "Missing messages that the server sent again.", cell, numbers => numbers.Republished);
        OpcUa("ifedge.opcua.gaps.messages", "{message}", "Messages that are missing for good.", cell, numbers => numbers.MessagesLost);
        OpcUa("ifedge.opcua.gaps.overflows", "{value}", "Values before which others had no room in the server's queue.", cell, numbers => numbers.Overflows);
        OpcUa("ifedge.opcua.gaps.subscriptions", "{subscription}", "Subscriptions made anew: what changed in between is not known.", cell, numbers => numbers.SubscriptionsRemade);
        OpcUa("ifedge.opcua.times.disbelieved", "{value}", "Times too far from ours.", cell, numbers => numbers.TimesDisbelieved);
        _meter.CreateObservableGauge("ifedge.opcua.items.refused", () => OpcUaLinks(cell, numbers => numbers.BadItems), "{variable}", "Variables that the server does not give.");
        _meter.CreateObservableGauge("ifedge.opcua.clock_offset", () => OpcUaLinks(cell, numbers => numbers.ClockOffsetNanos), "ns", "The server's clock minus ours.");
        _meter.CreateObservableGauge("ifedge.opcua.round_trip", () => OpcUaLinks(cell, numbers => numbers.RoundTripNanos), "ns", "The last round trip of a request.");
    }

    private void OpcUa(string name, string unit, string text, Cell cell, Func<OpcUaStatistics, long> read) =>
        _meter.CreateObservableCounter(name, () => OpcUaLinks(cell, read), unit, text);

    private static IEnumerable<Measurement<long>> OpcUaLinks(Cell cell, Func<OpcUaStatistics, long> read) =>
        LinksOf(cell, link => link.Statistics.OpcUa, read);

    private void Rtde(Cell cell)
    {
        Rtde("ifedge.rtde.packages", "{package}", "Packages received.", cell, numbers => numbers.Packages);
        Rtde("ifedge.rtde.packages.lost", "{package}", "Packages that never came, by the controller's timestamp.", cell, numbers => numbers.PackagesLost);
        Rtde("ifedge.rtde.gaps", "{gap}", "Places at which packages are missing.", cell, numbers => numbers.Gaps);
        Rtde("ifedge.rtde.restarts", "{restart}", "Times that the controller's timestamp went back.", cell, numbers => numbers.Restarts);
        Rtde("ifedge.rtde.reconnects", "{connection}", "Connections but the first.", cell, numbers => numbers.Reconnects);
        Rtde("ifedge.rtde.texts", "{text}", "Texts of the controller.", cell, numbers => numbers.Texts);
        _meter.CreateObservableGauge("ifedge.rtde.fields.refused", () => RtdeLinks(cell, numbers => numbers.FieldsRefused), "{signal}", "Signals whose field the controller does not give.");
        _meter.CreateObservableGauge("ifedge.rtde.period", () => RtdeLinks(cell, numbers => numbers.PeriodNanos), "ns", "From one package to the next by the controller's clock.");
        _meter.CreateObservableGauge("ifedge.rtde.delay", () => RtdeLinks(cell, numbers => numbers.DelayNanos), "ns", "By how much the last package came later than the promptest of its second.");
    }

    private void Rtde(string name, string unit, string text, Cell cell, Func<RtdeStatistics, long> read) =>
        _meter.CreateObservableCounter(name, () => RtdeLinks(cell, read), unit, text);

    private static IEnumerable<Measurement<long>> RtdeLinks(Cell cell, Func<RtdeStatistics, long> read) =>
        LinksOf(cell, link => link.Statistics.Rtde, read);

    private static IEnumerable<Measurement<long>> LinksOf<TNumbers>(Cell cell, Func<LinkView, TNumbers?> numbersOf, Func<TNumbers, long> read)
        where TNumbers : class =>
        from link in cell.Links.Views
        let numbers = numbersOf(link)
        where numbers is not null
        select new Measurement<long>(read(numbers), new KeyValuePair<string, object?>("link", link.Link));

    private void Ledger(string name, string text, Cell cell, Func<LedgerEntry, long> read) =>
        _meter.CreateObservableCounter(name, () => cell.Plan.Signals.Select(signal => Measure(signal, read(cell.Links.Ledger.Read(signal.Index)))), "{sample}", text);

    private static Measurement<long> Measure(SignalPlan signal, long value) =>
        new(value, new KeyValuePair<string, object?>("device", signal.Device), new KeyValuePair<string, object?>("signal", signal.Id));
}
