using IndustrieFutur.Edge.App.Doctor;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Climbs from the address of a server to its first value, rung by rung, and stops at the first that is broken.</summary>
internal sealed class Ladder(IReadOnlyList<IRung> rungs, TimeProvider clock)
{
    private int _tried;

    /// <summary>What lies above a broken rung.</summary>
    public IEnumerable<string> NotTried => rungs.Skip(_tried).Select(rung => rung.Name);

    public IEnumerable<ClimbedRung> Climb(ProbeState state, CancellationToken cancellationToken)
    {
        foreach (var rung in rungs)
        {
            var since = clock.GetTimestamp();
            var answer = Try(rung, state, cancellationToken);
            _tried++;
            yield return new ClimbedRung(rung.Name, clock.GetElapsedTime(since), answer);
            if (answer.Verdict == Verdict.Fail)
            {
                yield break;
            }
        }
    }

    private static RungAnswer Try(IRung rung, ProbeState state, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return rung.Try(state, cancellationToken);
        }
        catch (UaException cause)
        {
            return ProbeAdvice.On(cause, state);
        }
    }
}
