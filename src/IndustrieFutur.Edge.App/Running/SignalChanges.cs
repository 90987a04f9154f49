namespace IndustrieFutur.Edge.App.Running;

/// <summary>Of signals that are looked at again and again, those that say something new: another value or another quality.</summary>
internal sealed class SignalChanges
{
    /// <summary>One entry for each signal of the plan.</summary>
    private readonly Dictionary<(string Device, string Signal), (SignalValue Value, uint Status)> _last = [];

    /// <summary>At the first look all of them.</summary>
    public IReadOnlyList<SignalView> In(IReadOnlyList<SignalView> signals)
    {
        var changed = new List<SignalView>();
        foreach (var signal in signals)
        {
            var (key, now) = ((signal.Device, signal.Signal), (signal.Value, signal.Status));
            if (!_last.TryGetValue(key, out var before) || before != now)
            {
                _last[key] = now;
                changed.Add(signal);
            }
        }

        return changed;
    }
}
