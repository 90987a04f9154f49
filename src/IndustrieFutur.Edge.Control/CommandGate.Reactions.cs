using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.Gate;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control;

/// <summary>Commands that rules of the configuration give: they skip the persons, never the audit.</summary>
public sealed partial class CommandGate
{
    /// <summary>Twice what a driver waits by default. Behind a timeout that is written longer, a stop may be refused after this, and the audit says so.</summary>
    private const long BusyPatienceNanos = 10_000_000_000;

    private readonly ReactionState[] _reactions;
    private long _reactionNumber;
    private long _reactionTold;

    /// <summary>For the histogram: how long it took from the arrival of what set a reaction off to its order in the driver's inbox.</summary>
    public Action<long>? ReactionPosted { get; set; }

    /// <summary>Rules of the configuration.</summary>
    public int ReactionCount => _reactions.Length;

    /// <summary>
    /// For the thread of reactions: a rule was set off. False while its device still has an order: nothing was decided, and it is to be asked again soon,
    /// so that a stop is late and not lost. After ten seconds the device's being busy is a refusal like any other.
    /// </summary>
    public bool TryReact(int reaction, long arrivalMonoNanos, [NotNullWhen(true)] out Task<CommandAnswer>? answer)
    {
        lock (_lock)
        {
            var (plan, state, monoNow) = (_terms.Plan.Reactions[reaction], _reactions[reaction], _seams.MonoNow());
            var command = _terms.Plan.Commands[plan.Command];
            Observe(monoNow);
            var request = new CommandRequest
            {
                Who = new Who($"reaction:{plan.Id}", "local", Door.Reaction, true),
                Command = command.Id,
                Id = $"{plan.Id}-{UtcMillis:x}-{++_reactionNumber:x}",
                Values = command.Parameters.Take(plan.Values.Count)
                    .Select((parameter, place) => (parameter.Id, Value: plan.Values[place].ToString("R", CultureInfo.InvariantCulture)))
                    .ToDictionary(pair => pair.Id, pair => pair.Value),
                Reason = $"signal {_terms.Plan.Signals[plan.Signal].Device}/{_terms.Plan.Signals[plan.Signal].Id} rose {(monoNow - arrivalMonoNanos) / 1_000} us before",
            };
            var values = command.Parameters.Count > 0 ? plan.Values : command.Values;
            var question = Question(request, command, null, monoNow, values);
            if ((MayFire(plan, state, monoNow, values) ?? GateRules.First(GateRules.OfReactions, question)) is { } refusal)
            {
                state.LastEn = refusal.En;
                answer = refusal.Rule == BusyRule.Name && monoNow - arrivalMonoNanos < BusyPatienceNanos ? null : Task.FromResult(RefuseReaction(question, refusal));
                return answer is not null;
            }

            state.Fire(monoNow);
            state.IsArmed = false;
            answer = Order(question, "");
            if (!answer.IsCompleted)
            {
                ReactionPosted?.Invoke(_seams.MonoNow() - arrivalMonoNanos);
            }

            state.LastEn = answer.IsCompletedSuccessfully ? answer.Result.TextEn : "ordered; the outcome is in the audit";
            return true;
        }
    }

    /// <summary>A person arms a reaction that has fired.</summary>
    public ActAnswer Rearm(Who who, string reaction)
    {
        ArgumentNullException.ThrowIfNull(who);
        lock (_lock)
        {
            if (_seams.RoleOf(who.Name) is null or Role.Observer)
            {
                return NotAllowed(who, "rearmed");
            }

            if (_terms.Plan.Reactions.FirstOrDefault(one => one.Id == reaction) is not { } plan)
            {
                return No(who, "rearmed", new Refusal("reaction", "Cette réaction n'existe pas. Voyez la liste.", "There is no such reaction. See the list."));
            }

            if (Act(who, RearmedText(plan), "") is { } refusal)
            {
                return refusal;
            }

            _reactions[plan.Index].IsArmed = true;
            return Yes("La réaction est réarmée.", "The reaction is armed again.");
        }
    }

    /// <summary>A restart is no person: what had fired stays so until somebody arms it again, and counts in its hour.</summary>
    private void RecallReaction(AuditRecord record, long monoNow)
    {
        foreach (var plan in _terms.Plan.Reactions)
        {
            if (record.Kind == AuditKind.Ordered && record.Who == $"reaction:{plan.Id}")
            {
                _reactions[plan.Index].IsArmed = false;
                _reactions[plan.Index].Recall(monoNow, UtcMillis - record.UtcMillis);
            }
            else if (record.Kind == AuditKind.Act && record.Text == RearmedText(plan))
            {
                _reactions[plan.Index].IsArmed = true;
            }
        }
    }

    private static string RearmedText(ReactionPlan plan) => $"rearmed reaction {plan.Id}";

    private Refusal? MayFire(ReactionPlan plan, ReactionState state, long monoNow, IReadOnlyList<double> values)
    {
        if (_terms.Plan.Commands[plan.Command].NeedsLease)
        {
            return new Refusal("reaction", "Une réaction ne met rien en mouvement : refus. Corrigez la configuration.", "A reaction sets nothing in motion: it is refused. Correct the configuration.");
        }

        if (!state.IsArmed)
        {
            return new Refusal("reaction", "La réaction a déjà agi et attend une personne. Réarmez-la.", "The reaction has fired already and waits for a person. Arm it again.");
        }

        if (state.InHour(monoNow) >= plan.PerHourMax)
        {
            return new Refusal("reaction", "La réaction a agi trop souvent cette heure-ci : rien n'est envoyé. Cherchez la cause.", "The reaction has fired too often in this hour: nothing is sent. Look for the cause.");
        }

        if (plan.NotAboveSignal < 0)
        {
            return null;
        }

        return values.Count > 0 && _terms.Conditions.TryRead(plan.NotAboveSignal, monoNow, out var live) && values[0] <= live
            ? null
            : new Refusal("reaction", "La valeur serait au-dessus de celle en vigueur, ou celle-ci est inconnue : refus. Vérifiez l'appareil.", "The value would be above the one in force, or that is not known: it is refused. Check the device.");
    }

    /// <summary>A signal that swings may not fill the audit: one line a second, the rest is counted.</summary>
    private CommandAnswer RefuseReaction(GateQuestion question, Refusal refusal)
    {
        if (question.MonoNow - _reactionTold < SecondNanos)
        {
            return Note(Answered(question.Request, Outcome.Refused, refusal, 0));
        }

        _reactionTold = question.MonoNow;
        return Refuse(question, refusal, "");
    }
}
