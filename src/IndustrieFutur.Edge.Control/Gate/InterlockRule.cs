using IndustrieFutur.Edge.Core.Orders;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Every interlock holds on live values that are Good and fresh.</summary>
internal sealed class InterlockRule : IGateRule
{
    public Refusal? Ask(GateQuestion question)
    {
        foreach (var (condition, state) in question.Interlocks)
        {
            if (state != ConditionState.Holds)
            {
                return Refuse(condition.MessageFr, condition.MessageEn, state);
            }
        }

        return null;
    }

    public static Refusal Refuse(string fr, string en, ConditionState state) => new(
        "interlock",
        state == ConditionState.Fails ? fr : $"{fr} (valeur inutilisable ou trop ancienne : vérifiez l'appareil)",
        state == ConditionState.Fails ? en : $"{en} (a value is {(state == ConditionState.NotGood ? "not good" : "too old")}: check the device)");
}
