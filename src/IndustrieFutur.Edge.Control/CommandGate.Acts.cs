using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.Gate;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control;

/// <summary>What persons do besides commanding: switch, lease, approval, arming; and what reactions do by themselves.</summary>
public sealed partial class CommandGate
{
    /// <summary>Off at once: inboxes emptied, tokens void. Any user with a role may; "on" needs the same.</summary>
    public ActAnswer Switch(Who who, bool on, string reason)
    {
        ArgumentNullException.ThrowIfNull(who);
        lock (_lock)
        {
            if (RoleRefusal(who, Role.Operator) is { } refusal)
            {
                return Not(who, refusal, on ? "switch on" : "switch off");
            }

            if (on && (_terms.IsSafeMode || !_terms.Options.Enabled))
            {
                return Not(who, Off()!, "switch on");
            }

            // Off holds even where it cannot be written down; on does not.
            if (!TryAct(who, on ? "switch on" : "switch off", reason, out var problem) && on)
            {
                return problem;
            }

            _isOff = !on;
            _terms.Arming.Switch(on, who.Name);
            if (!on)
            {
                _tokens.Clear();
                _lease.Drop();
                foreach (var run in _runs.ToArray())
                {
                    TryWithdraw(run, OrderCause.Withdrawn);
                }
            }

            _logger.Switched(on ? "on" : "off", who.Name, reason);
            return on ? Done("Les commandes sont permises.", "Commands are on.") : Done("Les commandes sont coupées.", "Commands are off.");
        }
    }

    /// <summary>Takes, renews (the same user) or gives back the lease; only at the cell.</summary>
    public ActAnswer Lease(Who who, bool take)
    {
        ArgumentNullException.ThrowIfNull(who);
        lock (_lock)
        {
            var now = MonoClock.NowNanos();
            var act = take ? "lease" : "release";
            if (RoleRefusal(who, Role.Operator) is { } refusal)
            {
                return Not(who, refusal, act);
            }

            if (!who.IsAtCell)
            {
                return Not(who, new Refusal(LeaseRule.Word, "La main se prend sur place, à la cellule.", "The lease is taken at the cell itself."), act);
            }

            var holder = _lease.HolderAt(now);
            if (holder.Length > 0 && holder != who.Name)
            {
                return Not(who, new Refusal(LeaseRule.Word, $"« {holder} » a la main sur la cellule.", $"\"{holder}\" has the lease of the cell."), act);
            }

            if (!TryAct(who, act, "", out var problem))
            {
                return problem;
            }

            if (!take)
            {
                _lease.Drop();
                return Done("La main est rendue.", "The lease is given back.");
            }

            _lease.TryTake(who.Name, now);
            var minutes = _terms.Options.Lease.TotalMinutes;
            return Done(FormattableString.Invariant($"« {who.Name} » a la main pour {minutes:0.#} min."), FormattableString.Invariant($"\"{who.Name}\" has the lease for {minutes:0.#} min."));
        }
    }

    /// <summary>A second person agrees to what somebody else prepared.</summary>
    public ActAnswer Approve(Who who, string token)
    {
        ArgumentNullException.ThrowIfNull(who);
        lock (_lock)
        {
            if (RoleRefusal(who, Role.Operator) is { } refusal)
            {
                return Not(who, refusal, "approve");
            }

            var prepared = _tokens.Find(token, MonoClock.NowNanos());
            if (prepared is null)
            {
                return Not(who, new Refusal(TokenRule.Word, "Rien n'est préparé sous ce jeton.", "Nothing is prepared under this token."), "approve");
            }

            var command = _plan.Commands[prepared.Command];
            if (prepared.User == who.Name)
            {
                return Not(who, new Refusal(TwoPersonsRule.Word, "Il faut une autre personne que celle qui prépare.", "It takes another person than the one who prepares."), "approve");
            }

            var question = Question(new CommandRequest { Who = who, Command = command.Id, Id = "-" }, command, _terms.Users.RoleOf(who.Name), prepared, MonoClock.NowNanos());
            if (new AllowRule().Ask(question) is { } notAllowed)
            {
                return Not(who, notAllowed, "approve");
            }

            if (!TryAct(who, $"approve {command.Id} of {prepared.User}", "", out var problem))
            {
                return problem;
            }

            prepared.ApprovedBy = who.Name;
            return Done($"Approuvé : {command.NameFr}, préparé par « {prepared.User} ».", $"Approved: {command.NameEn}, prepared by \"{prepared.User}\".");
        }
    }

    /// <summary>An integrator arms the configuration in force, which was rehearsed.</summary>
    public ActAnswer Arm(Who who)
    {
        ArgumentNullException.ThrowIfNull(who);
        lock (_lock)
        {
            if (RoleRefusal(who, Role.Integrator) is { } refusal)
            {
                return Not(who, refusal, "arm");
            }

            if (!_terms.IsSimulated && !_terms.Arming.IsRehearsed(_plan.CommandsHash))
            {
                return Not(
                    who,
                    new Refusal(ArmedRule.Word, "Ces commandes n'ont pas été répétées sur le simulateur : ifedge commands rehearse.", "These commands were not rehearsed on the simulator: ifedge commands rehearse."),
                    "arm");
            }

            if (!TryAct(who, $"arm {_commandsWord}", "", out var problem))
            {
                return problem;
            }

            _terms.Arming.Arm(_plan.CommandsHash, who.Name);
            _isArmed = true;
            return Done("Les commandes sont armées.", "The commands are armed.");
        }
    }

    /// <summary>A person arms a reaction that has fired.</summary>
    public ActAnswer Rearm(Who who, string reaction)
    {
        ArgumentNullException.ThrowIfNull(who);
        lock (_lock)
        {
            if (RoleRefusal(who, Role.Operator) is { } refusal)
            {
                return Not(who, refusal, "rearm");
            }

            if (_plan.Reactions.All(one => one.Id != reaction))
            {
                return Not(who, new Refusal("reaction", "Cette réaction n'existe pas.", "There is no such reaction."), "rearm");
            }

            if (!TryAct(who, $"rearm {reaction}", "", out var problem))
            {
                return problem;
            }

            _reactions.TryArm(reaction);
            return Done("La réaction est réarmée.", "The reaction is armed again.");
        }
    }

    /// <summary>Whatever comes of it, it has fired: a person looks at the cell and arms it again.</summary>
    private Task<CommandAnswer> React(ReactionPlan reaction, long arrivalMonoNanos, long now)
    {
        var command = _plan.Commands[reaction.Command];
        var request = new CommandRequest
        {
            Who = new Who($"reaction:{reaction.Id}", "local", Door.Reaction, IsAtCell: true),
            Command = command.Id,
            Id = $"{reaction.Id}-{arrivalMonoNanos}",
            Reason = $"{_terms.Describe(reaction.Signal)}",
        };
        var question = Question(request, command, null, null, now);
        var refusal = _reactions.Ask(reaction.Index, now) ?? GateRules.Ask(GateRules.OfReactions, question) ?? TooHigh(reaction, now);
        if (_isDisposed || refusal is not null)
        {
            refusal ??= new Refusal(SwitchRule.Word, "Le service s'arrête.", "The service is stopping.");
            _reactions.Ended(reaction.Index, $"{refusal.Rule}: {refusal.TextEn}");
            _logger.Reacted(reaction.Id, Outcome.Refused, refusal.TextEn);
            return Refuse(request, "", refusal, question, now);
        }

        _reactions.Fired(reaction.Index, now);
        var values = reaction.Values.Count > 0 ? reaction.Values : command.Values;
        var answer = Order(request, "", question, [.. values], reaction.Index, now);
        if (!answer.IsCompleted)
        {
            ReactionPosted?.Invoke(MonoClock.NowNanos() - arrivalMonoNanos);
        }

        return answer;
    }

    private Refusal? TooHigh(ReactionPlan reaction, long now)
    {
        if (reaction.NotAboveSignal < 0)
        {
            return null;
        }

        return _terms.Conditions.TryRead(reaction.NotAboveSignal, now, out var live) && reaction.Values[0] <= live
            ? null
            : new Refusal(
                LimitsRule.Word,
                $"Une réaction ralentit, jamais plus : {_terms.Describe(reaction.NotAboveSignal)}.",
                $"A reaction makes slower, never faster: {_terms.Describe(reaction.NotAboveSignal)}.");
    }

    private Refusal? RoleRefusal(Who who, Role least) => _terms.Users.RoleOf(who.Name) switch
    {
        null => new Refusal(IdentityRule.Word, $"L'utilisateur « {who.Name} » n'est pas connu ici.", $"The user \"{who.Name}\" is not known here."),
        { } role when role < least || (least == Role.Integrator && role == Role.Trainer) => new Refusal(AllowRule.Word, $"Il faut le rôle {least}.", $"It takes the role {least}."),
        _ => null,
    };

    private ActAnswer Not(Who who, Refusal refusal, string act)
    {
        _ = TryAppend(ActOf(who, act) with { Rule = refusal.Rule, Outcome = nameof(Outcome.Refused), Text = refusal.TextEn }, sync: false, out _, out _);
        return new ActAnswer(false, refusal.Rule, refusal.TextFr, refusal.TextEn);
    }

    private bool TryAct(Who who, string act, string reason, out ActAnswer problem)
    {
        var isWritten = TryAppend(ActOf(who, act) with { Reason = reason.Length <= ReasonLettersMax ? reason : reason[..ReasonLettersMax], Text = act }, sync: true, out _, out var why);
        problem = new ActAnswer(false, "audit", $"L'audit ne peut pas être écrit. {why}", $"The audit cannot be written. {why}");
        return isWritten;
    }

    private AuditRecord ActOf(Who who, string act) => new()
    {
        Kind = AuditKind.Act,
        Who = who.Name,
        Role = _terms.Users.RoleOf(who.Name)?.ToString() ?? "",
        Station = who.Station,
        Door = who.Door.ToString(),
        Text = act,
        Commands = _commandsWord,
    };

    private static ActAnswer Done(string french, string english) => new(true, "", french, english);
}
