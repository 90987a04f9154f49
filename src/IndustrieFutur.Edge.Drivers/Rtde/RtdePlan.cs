using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>What is read of one controller: the signals as they are configured, bound anew to the offsets of each connection's recipe.</summary>
internal sealed class RtdePlan
{
    private readonly RtdeSignalOptions[] _options;
    private readonly List<(int Slot, uint Status)> _refused = [];

    public RtdePlan(DeviceBinding device)
    {
        var options = (RtdeOptions)device.Options;
        var indices = device.Plan.Signals.ToDictionary(signal => signal.Id, signal => signal.Index);
        var signals = options.Groups.Values.SelectMany(group => group.Signals).ToArray();
        _options = [.. signals.Select(pair => pair.Value)];
        Slots = [.. signals.Select(pair => new RtdeSlot { Signal = indices[pair.Key], Mask = pair.Value.Mask })];
        Rhythms = new RtdeRhythm[options.Groups.Count];
        var (group, first) = (0, 0);
        foreach (var each in options.Groups.Values)
        {
            Rhythms[group++] = new RtdeRhythm { First = first, Count = each.Signals.Count, Every = each.EveryAt(options.Frequency) };
            first += each.Signals.Count;
        }

        Names = options.Recipe;
    }

    public RtdeSlot[] Slots { get; }

    public RtdeRhythm[] Rhythms { get; }

    /// <summary>What the controller is asked for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The signals that the controller does not give, by slot, and why.</summary>
    public IReadOnlyList<(int Slot, uint Status)> Refused => _refused;

    /// <summary>Reads by this recipe from now on; what was refused before it was made is not in it.</summary>
    public void Bind(RtdeRecipe recipe, IReadOnlyDictionary<string, uint> refusals)
    {
        var fields = recipe.Fields.ToDictionary(field => field.Name);
        _refused.Clear();
        for (var slot = 0; slot < Slots.Length; slot++)
        {
            Bind(slot, fields, refusals);
        }

        foreach (ref var rhythm in Rhythms.AsSpan())
        {
            rhythm.Left = 0;
        }
    }

    /// <summary>Where the timestamp lies in this recipe; -1 when the controller gives none.</summary>
    public static int TimestampOffset(RtdeRecipe recipe) =>
        recipe.Fields.FirstOrDefault(static field => field.Name == RtdeFields.Timestamp) is { Type: RtdeFieldType.Double } field ? field.Offset : -1;

    private void Bind(int slot, Dictionary<string, RtdeRecipeField> fields, IReadOnlyDictionary<string, uint> refusals)
    {
        var options = _options[slot];
        var name = options.FieldName.Name;
        Slots[slot].Reading = RtdeReading.None;
        if (!fields.TryGetValue(name, out var field))
        {
            _refused.Add((slot, refusals.GetValueOrDefault(name, RtdeStatus.NotFound)));
            return;
        }

        if (field.Type != options.Type)
        {
            _refused.Add((slot, RtdeStatus.OtherType));
            return;
        }

        Slots[slot].Reading = options.Reading;
        Slots[slot].Offset = field.Offset + options.OffsetInField;
    }
}
