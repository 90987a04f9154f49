using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.People;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>
/// The commands of a cell: the gate with what it decides by, and the threads that advance it. Where nothing may be commanded there is no gate,
/// and a sentence that says why.
/// </summary>
internal sealed class CellCommands : IDisposable
{
    /// <summary>An order's answer is looked for so often; a person sees no difference below a tenth of a second.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    private const string AuditFolder = "audit";

    private const long Megabyte = 1_048_576;

    private readonly PacedThread? _looks;
    private readonly ReactionThread? _reactions;
    private bool _isStopped;

    public CellCommands(EdgeConfiguration configuration, LinkSet links, CommandTerms terms, TimeProvider clock, ILoggerFactory loggers)
    {
        var options = configuration.Options.Commands;
        Plan = configuration.Plan;
        if (options is not { Enabled: true })
        {
            (OffFr, OffEn) = options is null
                ? ("La configuration ne déclare aucune commande : rien n'est jamais écrit sur une machine.", "The configuration declares no commands: nothing is ever written to a machine.")
                : ("Les commandes sont désactivées par la configuration ; pour les permettre : \"commands\": { \"enabled\": true }.", "Commands are switched off by the configuration; to allow them: \"commands\": { \"enabled\": true }.");
            return;
        }

        var logger = loggers.CreateLogger<CellCommands>();
        try
        {
            Audit = new AuditLog(Path.Combine(configuration.DataDirectory, AuditFolder), options.AuditMegabytes * Megabyte, clock);
        }
        catch (AuditException cause)
        {
            // Supervision goes on; what cannot be written down is not commanded.
            logger.CommandsNotPossible(cause.Message);
            Problem = $"commands: {cause.Message}";
            (OffFr, OffEn) = ($"Le journal d'audit ne peut pas être ouvert, donc rien n'est commandé. {cause.Message}", $"The audit cannot be opened, so nothing is commanded. {cause.Message}");
            return;
        }

        Users = new UserStore(Path.GetFullPath(options.Users, configuration.DataDirectory), clock, logger.CommandsNotPossible);
        Logins = new LoginDesk(Users, clock);
        Gate = new CommandGate(
            new GateTerms(
                Plan,
                options,
                PortsOf(configuration, links),
                links.NewConditions(),
                signal => SignalView.Words(Plan.Signals[signal], links),
                Audit,
                Users,
                new ArmingFile(configuration.DataDirectory),
                terms.IsSafeMode,
                terms.IsSimulated),
            clock,
            loggers.CreateLogger<CommandGate>());
        Doors = CommandDoors.To(Gate.SubmitAsync, Plan, options, clock, loggers);
        _looks = new PacedThread("commands", LookEvery, ThreadPriority.Normal, Look, Look);
        _reactions = Plan.Reactions.Count == 0 ? null : new ReactionThread(links.Reactions, Gate);
    }

    public CellPlan Plan { get; }

    /// <summary>Null: nothing may be commanded, and <see cref="OffEn"/> says why.</summary>
    public CommandGate? Gate { get; }

    /// <summary>For the sinks.</summary>
    public CommandDoors Doors { get; } = CommandDoors.Closed;

    public LoginDesk? Logins { get; }

    public UserStore? Users { get; }

    public AuditLog? Audit { get; }

    public string OffFr { get; } = "";

    public string OffEn { get; } = "";

    /// <summary>What a person should mend; empty: nothing.</summary>
    public string Problem { get; } = "";

    /// <summary>How far the audit has come, to be published; null: there is none.</summary>
    public AuditMark? AuditMark() => Audit is { } audit ? new AuditMark(audit.Head, audit.HeadHash) : null;

    /// <summary>Before any door opens.</summary>
    public void Start()
    {
        _looks?.Start();
        _reactions?.Start();
    }

    /// <summary>When all doors are closed.</summary>
    public void Stop()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        _reactions?.Stop();
        _looks?.Stop();
        Gate?.Dispose();
        Audit?.Dispose();
    }

    public void Dispose()
    {
        Stop();
        _reactions?.Dispose();
        _looks?.Dispose();
    }

    /// <summary>The way to each device, through its place in the inbox of its link.</summary>
    private static DevicePort?[] PortsOf(EdgeConfiguration configuration, LinkSet links)
    {
        var ports = new DevicePort?[configuration.Plan.Devices.Count];
        var plans = LinkSet.LinksOf(configuration);
        for (var i = 0; i < plans.Count; i++)
        {
            var status = links.Views[i].Status;
            for (var slot = 0; slot < plans[i].Devices.Count; slot++)
            {
                ports[plans[i].Devices[slot].Plan.Index] = new DevicePort(links.Boxes[i], slot, () => status.Generation, () => status.IsConnected);
            }
        }

        return ports;
    }

    private void Look() => Gate!.Look(MonoClock.NowNanos());
}
