using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.People;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control;

/// <summary>What a gate decides by, and over what.</summary>
/// <param name="Plan">With the commands.</param>
/// <param name="Options">As written.</param>
/// <param name="Ports">One for each device of the plan, by index; null for a device of derived signals.</param>
/// <param name="Conditions">The gate's own.</param>
/// <param name="Describe">A signal's latest value for people: "plc/conv.speed=250 Good 12 ms".</param>
/// <param name="Audit">Where each decision is written first.</param>
/// <param name="Users">Who is known.</param>
/// <param name="Arming">Which set of commands was rehearsed, and which is armed.</param>
/// <param name="IsSafeMode">Started with --safe-mode: off, and nobody can turn it on until a start without.</param>
/// <param name="IsSimulated">All devices are simulators of this process: nothing has to be rehearsed.</param>
public sealed record GateTerms(
    CellPlan Plan,
    CommandsOptions Options,
    IReadOnlyList<DevicePort?> Ports,
    LiveConditions Conditions,
    Func<int, string> Describe,
    AuditLog Audit,
    UserStore Users,
    ArmingFile Arming,
    bool IsSafeMode,
    bool IsSimulated);
