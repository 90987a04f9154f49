using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.Gate;

namespace IndustrieFutur.Edge.Control;

/// <summary>What persons do besides commands: the switch, the lease, approval, arming.</summary>
public sealed partial class CommandGate
{
    private string _leaseHolder = "";
    private long _leaseEndsMono;

    /// <summary>Off at once: inboxes emptied, tokens void. Any user with a role may; "on" needs the same.</summary>
    public ActAnswer Switch(Who who, bool on, string reason)
    {
        ArgumentNullException.ThrowIfNull(who);
        ArgumentNullException.ThrowIfNull(reason);
        var act = on ? "commands on" : "commands off";
        lock (_lock)
        {
            if (_seams.RoleOf(who.Name) is null or Role.Observer)
            {
                return NotAllowed(who, act);
            }

            if (on)
            {
                if (_terms.IsSafeMode || !_terms.Options.Enabled)
                {
                    return No(who, act, WhyOff()!);
                }

                // Turning off never waits for the disk; turning on does.
                if (Act(who, act, reason) is { } refusal)
                {
                    return refusal;
                }

                _isOff = false;
            }
            else
            {
                _isOff = true;
                Withdraw(_ => true, OutcomeWords.SwitchedOff, _seams.MonoNow());
                _tokens.Void(_ => true);
                EndLease();
                _ = Act(who, act, reason);
            }

            _logger.Switched(on ? "on" : "off", who.Name);
            return Keep(on, who.Name) ?? (on
                ? Yes("Les commandes sont remises.", "Commands are on.")
                : Yes("Les commandes sont coupées. Un ordre déjà pris par une liaison va à son terme.", "Commands are off. An order that a link has taken goes to its end."));
        }
    }

    /// <summary>Takes, renews (the same user) or gives back the lease; only at the cell.</summary>
    public ActAnswer Lease(Who who, bool take)
    {
        ArgumentNullException.ThrowIfNull(who);
        var act = take ? "lease taken" : "lease given back";
        lock (_lock)
        {
            var monoNow = _seams.MonoNow();
            Observe(monoNow);
            if (_seams.RoleOf(who.Name) is null or Role.Observer)
            {
                return NotAllowed(who, act);
            }

            if (!who.IsAtCell)
            {
                return No(who, act, new Refusal("lease", "La main ne se prend que sur la cellule même. Allez-y.", "The lease is taken only at the cell itself. Go there."));
            }

            if (take && WhyOff() is { } off)
            {
                return No(who, act, off);
            }

            if (take ? _leaseHolder.Length > 0 && _leaseHolder != who.Name : _leaseHolder != who.Name)
            {
                return No(who, act, _leaseHolder.Length > 0
                    ? new Refusal("lease", $"{_leaseHolder} a la main. Attendez ou demandez-lui de la rendre.", $"{_leaseHolder} has the lease. Wait, or ask for it to be given back.")
                    : new Refusal("lease", "Personne n'a la main. Rien n'est à rendre.", "Nobody has the lease. There is nothing to give back."));
            }

            // Given back first, whatever the disk says: that only takes a right away.
            if (!take)
            {
                EndLease();
                _ = Act(who, act, "");
                return Yes("La main est rendue.", "The lease is given back.");
            }

            if (Act(who, act, "") is { } refusal)
            {
                return refusal;
            }

            (_leaseHolder, _leaseEndsMono) = (who.Name, monoNow + (long)(_terms.Options.Lease.TotalMilliseconds * 1e6));
            return Yes($"Vous avez la main pour {_terms.Options.Lease.TotalMinutes:0.#} min.", $"You have the lease for {_terms.Options.Lease.TotalMinutes:0.#} min.");
        }
    }

    /// <summary>A second person agrees to what somebody else prepared.</summary>
    public ActAnswer Approve(Who who, string token)
    {
        ArgumentNullException.ThrowIfNull(who);
        ArgumentNullException.ThrowIfNull(token);
        lock (_lock)
        {
            var monoNow = _seams.MonoNow();
            Observe(monoNow);
            if (WhyOff() is { } off)
            {
                return No(who, "approved", off);
            }

            var role = who.Name.Length == 0 ? null : _seams.RoleOf(who.Name);
            if (role is null or Role.Observer)
            {
                return NotAllowed(who, "approved");
            }

            if (_tokens.Find(token, monoNow) is not { } prepared)
            {
                return No(who, "approved", new Refusal("token", "Ce jeton n'est pas valable. Faites préparer la commande à nouveau.", "This token is void. Have the command prepared again."));
            }

            var command = _terms.Plan.Commands[prepared.Command];
            if (prepared.Who.Name == who.Name || !AllowRule.MayGive(command, who.Name, role))
            {
                return No(who, "approved", new Refusal("two", "L'accord vient d'une autre personne qui pourrait donner cette commande. Demandez-la-lui.", "The agreement comes from another person who may give this command. Ask one."));
            }

            if (Act(who, $"approved {command.Id} of {prepared.Who.Name}", "") is { } refusal)
            {
                return refusal;
            }

            _tokens.Put(prepared with { ApprovedBy = who.Name });
            return Yes("Accord donné.", "Agreed.");
        }
    }

    /// <summary>An integrator arms the configuration in force, which was rehearsed.</summary>
    public ActAnswer Arm(Who who)
    {
        ArgumentNullException.ThrowIfNull(who);
        lock (_lock)
        {
            if (_seams.RoleOf(who.Name) is not (Role.Integrator or Role.Admin))
            {
                return NotAllowed(who, "armed");
            }

            if (!_terms.IsSimulated && !_terms.Arming.IsRehearsed(_terms.Plan.CommandsHash))
            {
                return No(who, "armed", new Refusal("armed", "Ces commandes n'ont pas été répétées. Répétez-les toutes sur le simulateur.", "These commands were not rehearsed. Rehearse all of them on the simulator."));
            }

            if (Act(who, $"armed {CommandsHash}", "") is { } refusal)
            {
                return refusal;
            }

            try
            {
                _terms.Arming.Arm(_terms.Plan.CommandsHash, who.Name);
                return Yes("Ces commandes sont armées.", "These commands are armed.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return No(who, "armed", new Refusal("armed", $"L'armement n'a pas pu être écrit : {exception.Message} Vérifiez le dossier de données.", $"The arming could not be written: {exception.Message} Check the data folder."));
            }
        }
    }

    private void EndLease()
    {
        (_leaseHolder, _leaseEndsMono) = ("", 0);
        _tokens.Void(prepared => _terms.Plan.Commands[prepared.Command].NeedsLease);
    }

    private ActAnswer? Keep(bool on, string who)
    {
        try
        {
            _terms.Arming.Switched(on, who);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _logger.SwitchNotKept(exception.Message);
            return new ActAnswer(
                true,
                "",
                "Fait, mais un redémarrage ne s'en souviendra pas : le dossier de données ne peut pas être écrit.",
                "Done, but a restart will not remember it: the data folder cannot be written.");
        }
    }

    /// <summary>Who may command is changed in a file; the audit has it as soon as the service sees it.</summary>
    private void NoteUsers()
    {
        if (_terms.Users.TakeNews() is { } news)
        {
            _ = Act(new Who("", "local", Door.File, true), news, "");
        }
    }

    private ActAnswer? Act(Who who, string text, string reason)
    {
        var record = ActOf(who) with { Text = text, Reason = reason.Length > ReasonMax ? reason[..ReasonMax] : reason };
        return TryAppend(record, true) != 0
            ? null
            : Said(new Refusal("audit", "Le journal d'audit ne peut pas être écrit : refus. Libérez le disque.", "The audit cannot be written: it is refused. Free the disk."));
    }

    private AuditRecord ActOf(Who who) => new()
    {
        Kind = AuditKind.Act,
        Who = who.Name,
        Role = _seams.RoleOf(who.Name)?.ToString().ToLowerInvariant() ?? "",
        Station = who.Station,
        Door = who.Door.ToString().ToLowerInvariant(),
        Commands = CommandsHash,
    };

    private ActAnswer NotAllowed(Who who, string act) => No(who, act, new Refusal(
        "identity", "Cet utilisateur n'en a pas le droit. Connectez-vous avec un rôle qui l'a.", "This user may not do that. Log in with a role that may."));

    /// <summary>Who tried what he may not is in the audit, at the rate at which he may ask for anything.</summary>
    private ActAnswer No(Who who, string act, Refusal refusal)
    {
        if (_rates.TryTake(who.Name, _seams.RoleOf(who.Name) is not null, _seams.MonoNow()))
        {
            _ = TryAppend(ActOf(who) with { Rule = refusal.Rule, Outcome = nameof(Outcome.Refused), Text = $"{act}: {refusal.En}" }, false);
        }

        return Said(refusal);
    }

    private static ActAnswer Said(Refusal refusal) => new(false, refusal.Rule, refusal.Fr, refusal.En);

    private static ActAnswer Yes(string fr, string en) => new(true, "", fr, en);
}
