using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Which reactions are armed, and how often each fired: one that has fired waits for a person.</summary>
internal sealed class ReactionDesk(IReadOnlyList<ReactionPlan> plan)
{
    private const long HourNanos = 3_600_000_000_000;

    private readonly State[] _states = [.. plan.Select(_ => new State())];

    public IReadOnlyList<ReactionView> Views(long monoNow) =>
        [.. plan.Select((reaction, i) => new ReactionView(reaction.Id, _states[i].IsArmed, _states[i].Fired, InHour(i, monoNow), _states[i].Last))];

    public Refusal? Ask(int reaction, long monoNow)
    {
        if (!_states[reaction].IsArmed)
        {
            return new Refusal("rearm", "La réaction a déjà joué ; une personne doit la réarmer : ifedge commands rearm.", "The reaction has fired already; a person must arm it again: ifedge commands rearm.");
        }

        var most = plan[reaction].PerHourMax;
        return InHour(reaction, monoNow) < most ? null : new Refusal(
            "cap", $"La réaction a joué {most} fois en une heure, le plus permis ; chercher la cause.", $"The reaction has fired {most} times within an hour, the most allowed; look for the cause.");
    }

    public void Fired(int reaction, long monoNow)
    {
        _states[reaction].IsArmed = false;
        _states[reaction].Fired++;
        _states[reaction].Times.Enqueue(monoNow);
    }

    public void Ended(int reaction, string text) => _states[reaction].Last = text;

    /// <summary>False: there is no such reaction.</summary>
    public bool TryArm(string id)
    {
        var reaction = plan.FirstOrDefault(one => one.Id == id);
        if (reaction is null)
        {
            return false;
        }

        _states[reaction.Index].IsArmed = true;
        return true;
    }

    private int InHour(int reaction, long monoNow)
    {
        var times = _states[reaction].Times;
        while (times.TryPeek(out var first) && monoNow - first > HourNanos)
        {
            times.Dequeue();
        }

        return times.Count;
    }

    private sealed class State
    {
        public bool IsArmed { get; set; } = true;

        public long Fired { get; set; }

        public string Last { get; set; } = "";

        public Queue<long> Times { get; } = new();
    }
}
