using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.Gate;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control;

/// <summary>What the gate says and writes: refusals, readings, lines of the audit, what everybody may see.</summary>
public sealed partial class CommandGate
{
    private const int OrderValuesMax = 4;
    private const int RecentMax = 20;
    private const long SecondNanos = 1_000_000_000;

    private readonly Dictionary<string, long> _outcomes = Enum.GetNames<Outcome>().ToDictionary(name => name, _ => 0L);
    private readonly Dictionary<string, long> _refusals = [];
    private readonly LinkedList<CommandAnswer> _recent = new();
    private long _aboveRateTold;
    private long _aboveRate;

    /// <summary>What everybody may see of the gate.</summary>
    public GateStatus Status
    {
        get
        {
            lock (_lock)
            {
                var (off, head, monoNow) = (WhyOff(), _seams.Head(), _seams.MonoNow());
                return new GateStatus
                {
                    IsOn = off is null,
                    WhyOffFr = off?.Fr ?? "",
                    WhyOffEn = off?.En ?? "",
                    CommandsHash = CommandsHash,
                    IsArmed = IsArmed,
                    IsRehearsed = _terms.IsSimulated || _terms.Arming.IsRehearsed(_terms.Plan.CommandsHash),
                    LeaseHolder = _leaseHolder,
                    LeaseEndsUtcMillis = _leaseHolder.Length == 0 ? 0 : UtcMillis + ((_leaseEndsMono - monoNow) / 1_000_000),
                    AuditHead = head.Number,
                    AuditHash = head.Hash,
                    Outcomes = new Dictionary<string, long>(_outcomes),
                    Refusals = new Dictionary<string, long>(_refusals),
                    Reactions =
                    [
                        .. _terms.Plan.Reactions.Select(plan => (plan.Id, State: _reactions[plan.Index]))
                            .Select(one => new ReactionView(one.Id, one.State.IsArmed, one.State.Fired, one.State.InHour(monoNow), one.State.LastEn)),
                    ],
                    Recent = [.. _recent],
                };
            }
        }
    }

    /// <summary>Every command, with its interlocks as they stand now, for who looks.</summary>
    public IReadOnlyList<CommandView> Commands()
    {
        lock (_lock)
        {
            var monoNow = _seams.MonoNow();
            return
            [
                .. _terms.Plan.Commands.Select(command => new CommandView(
                    command,
                    Readings([.. command.Interlocks.Select(index => (_terms.Plan.Conditions[index], _terms.Conditions.Ask(index, monoNow).State))]),
                    IsBusy(command, _terms.Ports[command.Device]))),
            ];
        }
    }

    private Refusal? WhyOff() =>
        _terms.IsSafeMode ? new Refusal("switch", "Mode sûr : aucune commande. Redémarrez sans --safe-mode.", "Safe mode: no commands. Start again without --safe-mode.")
        : !_terms.Options.Enabled ? new Refusal("switch", "Les commandes sont désactivées dans la configuration. Un intégrateur peut les activer.", "Commands are off in the configuration. An integrator can turn them on.")
        : _isOff ? new Refusal("switch", "Les commandes sont coupées. Un opérateur peut les remettre (ifedge commands on).", "Commands are off. An operator can turn them on again (ifedge commands on).")
        : null;

    private GuardReading[] Readings(IReadOnlyList<(ConditionPlan Condition, ConditionState State)> interlocks) =>
    [
        .. interlocks.Select(one => new GuardReading(
            one.Condition.Written,
            one.State switch { ConditionState.Holds => "holds", ConditionState.Fails => "fails", ConditionState.NotGood => "notGood", _ => "notFresh" },
            [.. one.Condition.Signals.Select(_terms.Describe)],
            one.Condition.MessageFr,
            one.Condition.MessageEn)),
    ];

    private AuditRecord Record(GateQuestion question, AuditKind kind, string content) => Record(question.Request, question.Command, kind) with
    {
        Role = question.Role?.ToString().ToLowerInvariant() ?? "",
        Content = content,
    };

    private AuditRecord Record(CommandRequest request, CommandPlan? command, AuditKind kind) => new()
    {
        Kind = kind,
        Who = request.Who.Name,
        Station = request.Who.Station,
        Door = request.Who.Door.ToString().ToLowerInvariant(),
        Command = command?.Id ?? Cut(request.Command),
        Id = Cut(request.Id),
        Target = command?.TargetWords ?? "",
        Values = request.Values.Take(OrderValuesMax).ToDictionary(pair => Cut(pair.Key), pair => Cut(pair.Value)),
        Reason = request.Reason.Length > ReasonMax ? request.Reason[..ReasonMax] : request.Reason,
        Commands = CommandsHash,
    };

    /// <summary>What nobody declared is kept short, so that nobody fills the disk with it.</summary>
    private static string Cut(string text) => text.Length > IdMax ? text[..IdMax] : text;

    private CommandAnswer Refuse(GateQuestion question, Refusal refusal, string content)
    {
        var guards = refusal.Rule == "interlock" ? Readings(question.Interlocks) : [];
        var kind = question.Request.Who.Door == Door.Reaction ? AuditKind.Reaction : AuditKind.Refused;
        var record = Record(question, kind, content) with { Guards = guards, Rule = refusal.Rule, Outcome = nameof(Outcome.Refused), Text = refusal.En };
        return Note(Answered(question.Request, Outcome.Refused, refusal, TryAppend(record, false)) with { Guards = guards });
    }

    private CommandAnswer AuditFailed(GateQuestion question, AuditException exception)
    {
        _logger.AuditFailed(exception.Message);
        return Note(Answered(question.Request, Outcome.Refused, new Refusal(
            "audit",
            "Le journal d'audit ne peut pas être écrit : la commande est refusée. Libérez le disque ou ses droits.",
            "The audit cannot be written: the command is refused. Free the disk or mend its rights."), 0));
    }

    private static CommandAnswer Answered(CommandRequest request, Outcome outcome, Refusal words, long line) => new()
    {
        Id = request.Id,
        Command = request.Command,
        Outcome = outcome,
        Rule = words.Rule,
        TextFr = words.Fr,
        TextEn = words.En,
        AuditSequence = line,
    };

    /// <summary>Above the rate a request costs a number, and all of them one line a second.</summary>
    private CommandAnswer AboveRate(CommandRequest request, long monoNow)
    {
        _aboveRate++;
        var line = 0L;
        if (monoNow - _aboveRateTold >= SecondNanos)
        {
            line = TryAppend(new AuditRecord { Kind = AuditKind.Bound, Rule = "rate", Text = $"{_aboveRate} requests above the rate", Commands = CommandsHash }, false);
            (_aboveRateTold, _aboveRate) = (monoNow, 0);
        }

        _refusals["rate"] = _refusals.GetValueOrDefault("rate") + 1;
        _outcomes[nameof(Outcome.Refused)]++;
        return Answered(request, Outcome.Refused, new Refusal(
            "rate", "Trop de demandes : celle-ci est refusée. Ralentissez.", "Too many requests: this one is refused. Slow down."), line);
    }

    private long TryAppend(AuditRecord record, bool sync)
    {
        try
        {
            return _seams.Append(record, sync);
        }
        catch (AuditException exception)
        {
            _logger.AuditFailed(exception.Message);
            return 0;
        }
    }

    private CommandAnswer Note(CommandAnswer answer)
    {
        _outcomes[answer.Outcome!.Value.ToString()]++;
        if (answer.Rule.Length > 0)
        {
            _refusals[answer.Rule] = _refusals.GetValueOrDefault(answer.Rule) + 1;
        }

        _recent.AddFirst(answer);
        if (_recent.Count > RecentMax)
        {
            _recent.RemoveLast();
        }

        return answer;
    }
}
