using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// Alarms and interlocks out of their condition. An alarm becomes active when its condition has held for the on-delay and returns to
/// normal when it has been over for the off-delay (ISA-18.2). What cannot be known is said by the quality, and never by "true".
/// </summary>
[HotPath]
internal static class AlarmStage
{
    /// <summary>
    /// True while the alarm is active. With a Bad input it is not known: the value is false and Bad, a delay that ran starts anew, and
    /// an alarm that was active is so again as soon as its condition is known to hold.
    /// </summary>
    public static bool IsActive(in DerivedRule rule, ref DerivedState state, bool condition, uint status, long monoNow)
    {
        if (StatusCode.IsBad(status))
        {
            state.PendingMono = 0;
            return false;
        }

        if (condition == state.IsActive)
        {
            state.PendingMono = 0;
            return state.IsActive;
        }

        state.PendingMono = state.PendingMono == 0 ? monoNow : state.PendingMono;
        if (monoNow >= Due(rule, state))
        {
            state.IsActive = condition;
            state.PendingMono = 0;
        }

        return state.IsActive;
    }

    /// <summary>When the delay that runs is over, on the monotonic clock.</summary>
    public static long Due(in DerivedRule rule, in DerivedState state) =>
        state.PendingMono == 0 ? long.MaxValue : state.PendingMono + (state.IsActive ? rule.OffDelayNanos : rule.OnDelayNanos);
}
