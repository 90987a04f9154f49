using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>A finite state machine (OPC UA Part 16, 4.4): which of its type's states is the current one, or none because it lies within a state that is not active.</summary>
internal sealed class StateMachineNodes
{
    private const uint StateType = 2307;
    private const uint TransitionType = 2310;

    private readonly Dictionary<string, (NodeId Id, uint Number)> _states = [];
    private readonly UaVariable _state;
    private readonly UaVariable _id;
    private readonly UaVariable _number;
    private string? _shown;
    private bool _isShown;

    public StateMachineNodes(ModelBuilder builder, UaObject machine)
    {
        var space = builder.Space;
        var members = space.Step((UaType)machine.TypeDefinition!, new NodeId(0, NodeIds.HasComponent), false, true, default);
        var states = members.Where(member => IsOf(space, member, StateType)).ToList();
        foreach (var state in states)
        {
            _states[state.BrowseName.Name!] = (state.Id, (uint)builder.VariableAt(state, "StateNumber").Value.Value.Value!);
        }

        _state = builder.VariableAt(machine, "CurrentState");
        _id = builder.VariableAt(machine, "CurrentState/Id");
        _number = builder.VariableAt(machine, "CurrentState/Number");
        builder.Fix(machine, "AvailableStates", Ids(states));
        builder.Fix(machine, "AvailableTransitions", Ids(members.Where(member => IsOf(space, member, TransitionType))));
    }

    /// <param name="state">By its name; null: the machine is not active.</param>
    public void Show(string? state, long utc)
    {
        if (_isShown && _shown == state)
        {
            return;
        }

        (_shown, _isShown) = (state, true);
        if (state is null)
        {
            ShowNone(utc);
            return;
        }

        var (id, number) = _states[state];
        _state.Set(Variant.Of(new LocalizedText("en", state)), utc);
        _id.Set(Variant.Of(id), utc);
        _number.Set(Variant.Of(number), utc);
    }

    private void ShowNone(long utc)
    {
        _state.Set(Variant.Null, utc, StatusCodes.BadStateNotActive);
        _id.Set(Variant.Null, utc, StatusCodes.BadStateNotActive);
        _number.Set(Variant.Null, utc, StatusCodes.BadStateNotActive);
    }

    private static bool IsOf(AddressSpace space, UaNode node, uint type) =>
        node.TypeDefinition is { } definition && space.IsSubtype(definition.Id, new NodeId(0, type));

    private static Variant Ids(IEnumerable<UaNode> nodes) => Variant.OfArray(BuiltInType.NodeId, nodes.Select(node => node.Id).ToArray());
}
