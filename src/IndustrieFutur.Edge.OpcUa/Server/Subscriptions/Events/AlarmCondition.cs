using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>
/// An alarm that an operator sees and acknowledges: an instance of AlarmConditionType below the node that it belongs to (OPC UA Part 9,
/// 5.8.2), whose every change of state is an event.
/// </summary>
/// <remarks>Its members are the source of truth: an event's fields are their values at that moment. One lock, any thread.</remarks>
public sealed class AlarmCondition
{
    private readonly EventNotifiers _notifiers;
    private readonly UaNode _source;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, UaVariable> _members = [];
    private byte[]? _eventId;
    private bool _isEnabled = true;

    /// <summary>Adds the alarm below its source; it begins enabled, inactive and acknowledged.</summary>
    public AlarmCondition(EventNotifiers notifiers, UaNode source, QualifiedName name, ushort severity)
    {
        ArgumentNullException.ThrowIfNull(notifiers);
        ArgumentNullException.ThrowIfNull(source);
        _notifiers = notifiers;
        _source = source;
        var space = notifiers.Space;
        Node = space.Instantiate(new NodeId(0, EventTypeIds.AlarmConditionType), source, new NodeId(0, NodeIds.HasComponent), name);
        if (space.Find(new NodeId(0, EventTypeIds.HasCondition)) is { } hasCondition)
        {
            space.AddReference(source, hasCondition.Id, Node);
        }

        AddMembers(Node, "", 0);
        AddMethods(space);
        Begin(name, severity);
        notifiers.Add(this);
    }

    /// <summary>The instance; its id is the ConditionId.</summary>
    public UaNode Node { get; }

    public bool IsActive { get; private set; }

    public bool IsAcknowledged { get; private set; } = true;

    /// <summary>A client has still to be told of it: it is active or not yet acknowledged.</summary>
    public bool IsRetained => _isEnabled && (IsActive || !IsAcknowledged);

    /// <summary>The alarm comes or goes; nothing happens when neither its state, its severity nor its message is new.</summary>
    public void Set(bool isActive, ushort severity, string message)
    {
        lock (_gate)
        {
            if (IsActive == isActive && Of("0:Severity") is ushort before && before == severity
                && Of("0:Message") is LocalizedText text && text.Text == message)
            {
                return;
            }

            IsAcknowledged = isActive && !IsActive ? false : IsAcknowledged;
            IsActive = isActive;
            Put("0:LastSeverity", Variant.Of(Of("0:Severity") is ushort last ? last : severity));
            Put("0:Severity", Variant.Of(severity));
            Put("0:Message", Variant.Of(new LocalizedText("en", message)));
            PutStates();

            // A disabled condition is silent (OPC UA Part 9, 5.5.2).
            if (_isEnabled)
            {
                Tell();
            }
        }
    }

    /// <summary>What it is like now, for a refresh; null when no client has to know.</summary>
    internal UaEvent? Retained()
    {
        lock (_gate)
        {
            return IsRetained ? Snapshot() : null;
        }
    }

    private void Begin(QualifiedName name, ushort severity)
    {
        Put("0:ConditionName", Variant.Of(name.Name));
        Put("0:ConditionClassId", Variant.Of(new NodeId(0, EventTypeIds.BaseConditionClassType)));
        Put("0:ConditionClassName", Variant.Of(new LocalizedText("en", "BaseConditionClass")));
        Put("0:BranchId", Variant.Of(NodeId.Null));
        Put("0:EventType", Variant.Of(new NodeId(0, EventTypeIds.AlarmConditionType)));
        Put("0:SourceNode", Variant.Of(_source.Id));
        Put("0:SourceName", Variant.Of(_source.BrowseName.Name));
        Put("0:InputNode", Variant.Of(NodeId.Null));
        Put("0:Severity", Variant.Of(severity));
        Put("0:LastSeverity", Variant.Of(severity));
        Put("0:Message", Variant.Of(new LocalizedText("en", "")));
        Put("0:Comment", Variant.Of(new LocalizedText(null, null)));
        Put("0:ClientUserId", Variant.Of((string?)null));
        Put("0:Quality", Variant.OfStatusCode(StatusCodes.Good));
        Put("0:SuppressedOrShelved", Variant.Of(false));
        PutStates();
    }

    private void PutStates()
    {
        PutState("0:EnabledState", _isEnabled, "Enabled", "Disabled");
        PutState("0:ActiveState", IsActive, "Active", "Inactive");
        PutState("0:AckedState", IsAcknowledged, "Acknowledged", "Unacknowledged");
        Put("0:Retain", Variant.Of(IsRetained));
    }

    private void PutState(string key, bool isTrue, string nameOfTrue, string nameOfFalse)
    {
        if (Of(key + "/0:Id") is bool before && before == isTrue)
        {
            return;
        }

        Put(key, Variant.Of(new LocalizedText("en", isTrue ? nameOfTrue : nameOfFalse)));
        Put(key + "/0:Id", Variant.Of(isTrue));
        Put(key + "/0:TransitionTime", Variant.OfDateTime(Now()));
    }

    private MethodAnswer Acknowledge(MethodCall call) => Comment(call, isAcknowledging: true);

    private MethodAnswer AddComment(MethodCall call) => Comment(call, isAcknowledging: false);

    /// <summary>OPC UA Part 9, 5.7.3 and 5.5.6: the event id says which state of the alarm the operator has seen.</summary>
    private MethodAnswer Comment(MethodCall call, bool isAcknowledging)
    {
        if (call.Arguments is not [{ Value: byte[] eventId }, { Value: LocalizedText comment }])
        {
            return MethodAnswer.Bad(StatusCodes.BadInvalidArgument);
        }

        lock (_gate)
        {
            var status = !_isEnabled ? StatusCodes.BadConditionDisabled
                : !eventId.AsSpan().SequenceEqual(_eventId) ? StatusCodes.BadEventIdUnknown
                : isAcknowledging && IsAcknowledged ? StatusCodes.BadConditionBranchAlreadyAcked
                : StatusCodes.Good;
            if (status != StatusCodes.Good)
            {
                return MethodAnswer.Bad(status);
            }

            IsAcknowledged |= isAcknowledging;
            Put("0:Comment", Variant.Of(comment));
            Put("0:ClientUserId", Variant.Of(call.Caller.UserName));
            PutStates();
            Tell();
            return MethodAnswer.Good();
        }
    }

    /// <summary>Somebody known only: an alarm that is switched off is seen by nobody.</summary>
    private MethodAnswer Enable(MethodCall call, bool isEnabled)
    {
        if (call.Caller.UserName is null)
        {
            return MethodAnswer.Bad(StatusCodes.BadUserAccessDenied);
        }

        lock (_gate)
        {
            if (_isEnabled == isEnabled)
            {
                return MethodAnswer.Bad(isEnabled ? StatusCodes.BadConditionAlreadyEnabled : StatusCodes.BadConditionAlreadyDisabled);
            }

            _isEnabled = isEnabled;
            PutStates();
            Tell();
            return MethodAnswer.Good();
        }
    }

    /// <summary>Under the lock, so that events leave in the order of the changes.</summary>
    private void Tell()
    {
        _eventId = _notifiers.NextEventId();
        var now = Now();
        Put("0:EventId", Variant.OfByteString(_eventId));
        Put("0:Time", Variant.OfDateTime(now));
        Put("0:ReceiveTime", Variant.OfDateTime(now));
        _notifiers.Raise(Snapshot());
    }

    private UaEvent Snapshot()
    {
        var happened = new UaEvent
        {
            EventType = new NodeId(0, EventTypeIds.AlarmConditionType),
            EventId = _eventId,
            ConditionId = Node.Id,
            SourceNode = _source.Id,
            SourceName = _source.BrowseName.Name,
            Time = Of("0:Time") is long time ? time : 0,
            ReceiveTime = Of("0:ReceiveTime") is long received ? received : 0,
            Message = Of("0:Message") is LocalizedText message ? message : default,
            Severity = Of("0:Severity") is ushort severity ? severity : (ushort)1,
        };
        foreach (var (key, member) in _members)
        {
            happened.Set(key, member.Value.Value);
        }

        return happened;
    }

    private void AddMembers(UaNode parent, string path, int depth)
    {
        foreach (var (key, node) in EventFields.ChildrenOf(_notifiers.Space, parent, path))
        {
            if (node is UaVariable variable)
            {
                _members[key] = variable;
            }

            if (depth < EventFields.DepthMax)
            {
                AddMembers(node, key, depth + 1);
            }
        }
    }

    private void AddMethods(AddressSpace space)
    {
        Handle(space, "Acknowledge", Acknowledge);
        Handle(space, "AddComment", AddComment);
        Handle(space, "Enable", call => Enable(call, true));
        Handle(space, "Disable", call => Enable(call, false));
    }

    private void Handle(AddressSpace space, string name, Func<MethodCall, MethodAnswer> handler)
    {
        if (space.FindPath(Node, new QualifiedName(0, name)) is UaMethod method)
        {
            method.Handler = handler;
        }
    }

    private object? Of(string key) => _members.GetValueOrDefault(key)?.Value.Value.Value;

    private void Put(string key, Variant value) => _members.GetValueOrDefault(key)?.Set(value, Now());

    private long Now() => UaTime.NowUtc(_notifiers.Clock);
}
