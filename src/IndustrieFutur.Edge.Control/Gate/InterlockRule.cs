using IndustrieFutur.Edge.Core.Orders;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Every interlock holds on values that are Good and fresh. A stop has none.</summary>
internal sealed class InterlockRule : IGateRule
{
    public const string Word = "interlock";

    public Refusal? Ask(GateQuestion question)
    {
        question.Guards = GuardReader.Read(question.Command!, question.Plan, question.Conditions, question.Describe, question.MonoNow);
        return question.Guards.FirstOrDefault(guard => guard.State != GuardReader.Holds) is { } against ? Refuse(against) : null;
    }

    /// <summary>Its own sentence first; when its values are to blame, they too.</summary>
    public static Refusal Refuse(GuardReading guard)
    {
        var values = string.Join(", ", guard.Signals);
        return guard.State == GuardReader.Fails
            ? new Refusal(Word, guard.MessageFr, guard.MessageEn)
            : new Refusal(
                Word,
                $"{guard.MessageFr} (pas de valeur sûre et récente : {values})",
                $"{guard.MessageEn} (no value that is Good and fresh: {values})");
    }

    public static string WordOf(ConditionState state) => state switch
    {
        ConditionState.Holds => GuardReader.Holds,
        ConditionState.Fails => GuardReader.Fails,
        ConditionState.NotGood => "notGood",
        _ => "notFresh",
    };
}
