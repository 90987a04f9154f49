using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Control;

/// <summary>
/// Brings the rules that the sampling tick saw set off to the gate, off the loop: each is an order like any other, with its line in the audit on the disk
/// before it leaves.
/// </summary>
public sealed class ReactionThread : IDisposable
{
    /// <summary>As often as a fast tick comes; a look at an empty ring costs nothing.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(1);

    private readonly ReactionRing _ring;
    private readonly CommandGate _gate;
    private readonly PacedThread _thread;
    private readonly long[] _waitingSince;

    /// <param name="ring">Of the hot side.</param>
    /// <param name="gate">The one door.</param>
    public ReactionThread(ReactionRing ring, CommandGate gate)
    {
        (_ring, _gate) = (ring, gate);
        _waitingSince = new long[gate.ReactionCount];
        gate.ReactionPosted = ring.ArrivalToInbox.Record;
        _thread = new PacedThread("reactions", LookEvery, ThreadPriority.AboveNormal, Look, static () => { });
    }

    public void Start()
    {
        // What was set off while no gate was here is past: nobody stops a machine for what was an hour ago.
        _ring.Forget();
        _thread.Start();
    }

    public void Stop() => _thread.Stop();

    public void Dispose() => _thread.Dispose();

    internal void Look()
    {
        while (_ring.TryTake(out var taken))
        {
            React(taken.Reaction, taken.ArrivalMonoNanos);
        }

        for (var reaction = 0; reaction < _waitingSince.Length; reaction++)
        {
            if (_waitingSince[reaction] is > 0 and var since)
            {
                React(reaction, since);
            }
        }
    }

    /// <summary>One that has to wait for its device is asked again at each look, with the moment of its first rise.</summary>
    private void React(int reaction, long arrivalMonoNanos)
    {
        // The outcome is in the audit and the status; this thread waits for none.
        _waitingSince[reaction] = _gate.TryReact(reaction, arrivalMonoNanos, out _) ? 0 : Math.Max(1, arrivalMonoNanos);
    }
}
