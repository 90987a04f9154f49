using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>What one link watches and reads, bound once at start-up: signals by slot, items by place, groups.</summary>
internal sealed record OpcUaPlan(SignalPlan[] Signals, OpcUaItem[] Items, OpcUaGroup[] Groups)
{
    public static OpcUaPlan Build(IReadOnlyList<DeviceBinding> devices)
    {
        var signals = new List<SignalPlan>();
        var items = new List<OpcUaItem>();
        var groups = new List<OpcUaGroup>();
        foreach (var device in devices)
        {
            var planned = device.Plan.Signals.ToDictionary(signal => signal.Id);
            foreach (var (id, options) in ((OpcUaOptions)device.Options).Groups)
            {
                var own = Bind(options, planned, signals, items.Count);
                items.AddRange(own);
                groups.Add(new OpcUaGroup($"{device.Plan.Id}.{id}", options, own));
            }
        }

        if (items.Count > OpcUaHandle.PlacesMax)
        {
            throw new InvalidOperationException($"One server with {items.Count} variables is more than the {OpcUaHandle.PlacesMax} that a link can tell apart.");
        }

        return new OpcUaPlan([.. signals], [.. items], [.. groups]);
    }

    /// <summary>Signals that are parts of one value share its item: the server sends it once.</summary>
    private static OpcUaItem[] Bind(OpcUaGroupOptions group, Dictionary<string, SignalPlan> planned, List<SignalPlan> signals, int firstPlace)
    {
        var byVariable = new OrderedDictionary<(string? Node, string? Path, string? Index), List<OpcUaTarget>>();
        foreach (var (id, signal) in group.Signals)
        {
            var variable = (signal.Node, signal.Path, signal.Index);
            if (!byVariable.TryGetValue(variable, out var targets))
            {
                targets = [];
                byVariable.Add(variable, targets);
            }

            targets.Add(new OpcUaTarget(signals.Count, signal.Field ?? ""));
            signals.Add(planned[id]);
        }

        return [.. byVariable.Select((pair, i) => new OpcUaItem(firstPlace + i, pair.Key.Node, pair.Key.Path, pair.Key.Index, [.. pair.Value]))];
    }
}
