using System.Text.Json.Serialization;

namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>The immutable result of a checked configuration: what the cell is made of, in index order.</summary>
public sealed record CellPlan
{
    /// <summary>First level of every topic: the site or plant.</summary>
    public required string Group { get; init; }

    /// <summary>This edge, unique within the group.</summary>
    public required string Edge { get; init; }

    public required IReadOnlyList<DevicePlan> Devices { get; init; }

    /// <summary>All signals, by index.</summary>
    public required IReadOnlyList<SignalPlan> Signals { get; init; }

    /// <summary>Tells two plans apart; travels with every batch so that a historian knows which names its aliases have.</summary>
    public required ulong Hash { get; init; }

    /// <summary>Longest text of any signal, in bytes; 0 when none carries text.</summary>
    public int TextBytesMax { get; init; }

    /// <summary>What may be commanded, by index; empty where the configuration declares nothing.</summary>
    public IReadOnlyList<CommandPlan> Commands { get; init; } = [];

    /// <summary>What commands ask of live values, by index.</summary>
    public IReadOnlyList<ConditionPlan> Conditions { get; init; } = [];

    /// <summary>Signals of the safety system: a change of any voids what was prepared and what waits.</summary>
    public IReadOnlyList<int> SafetySignals { get; init; } = [];

    /// <summary>Rules that stop something by themselves, by index.</summary>
    public IReadOnlyList<ReactionPlan> Reactions { get; init; } = [];

    /// <summary>Tells two sets of commands apart (commands, targets, interlocks, reactions; not the addresses of devices); 0: there are none.</summary>
    public ulong CommandsHash { get; init; }

    /// <summary>The device of each signal, by index in the plan.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> DeviceOf => _deviceOf ??= FindDevices();

    private IReadOnlyList<int>? _deviceOf;

    private int[] FindDevices()
    {
        var devices = new int[Signals.Count];
        foreach (var device in Devices)
        {
            foreach (var signal in device.Signals)
            {
                devices[signal.Index] = device.Index;
            }
        }

        return devices;
    }
}
