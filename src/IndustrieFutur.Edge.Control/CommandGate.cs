using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Control;

/// <summary>
/// The one door for commands: every request of every door comes here, first refusal wins, decision on the disk before anything moves, one outcome each.
/// </summary>
public sealed class CommandGate : IDisposable
{
    /// <param name="terms">What it decides by, and over what.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="logger">Hears of outcomes that a person should look at.</param>
    public CommandGate(GateTerms terms, TimeProvider clock, ILogger<CommandGate> logger) => throw new NotSupportedException($"{terms} {clock} {logger}");

    /// <summary>What everybody may see of the gate.</summary>
    public GateStatus Status => throw new NotSupportedException();

    /// <summary>Every command, with its interlocks as they stand now, for who looks.</summary>
    public IReadOnlyList<CommandView> Commands() => throw new NotSupportedException();

    /// <summary>Asks the gate. The answer comes when the outcome is known; it never throws for what a person wrote.</summary>
    public Task<CommandAnswer> SubmitAsync(CommandRequest request, CancellationToken cancellationToken) => throw new NotSupportedException($"{request} {cancellationToken}");

    /// <summary>For the thread of reactions: a rule was set off. Returns the outcome like any other.</summary>
    public Task<CommandAnswer> ReactAsync(int reaction, long arrivalMonoNanos) => throw new NotSupportedException($"{reaction} {arrivalMonoNanos}");

    /// <summary>Off at once: inboxes emptied, tokens void. Any user with a role may; "on" needs the same.</summary>
    public ActAnswer Switch(Who who, bool on, string reason) => throw new NotSupportedException($"{who} {on} {reason}");

    /// <summary>Takes, renews (the same user) or gives back the lease; only at the cell.</summary>
    public ActAnswer Lease(Who who, bool take) => throw new NotSupportedException($"{who} {take}");

    /// <summary>A second person agrees to what somebody else prepared.</summary>
    public ActAnswer Approve(Who who, string token) => throw new NotSupportedException($"{who} {token}");

    /// <summary>An integrator arms the configuration in force, which was rehearsed.</summary>
    public ActAnswer Arm(Who who) => throw new NotSupportedException($"{who}");

    /// <summary>A person arms a reaction that has fired.</summary>
    public ActAnswer Rearm(Who who, string reaction) => throw new NotSupportedException($"{who} {reaction}");

    /// <summary>Advances what runs: called some hundred times a second by its own thread.</summary>
    public void Look(long monoNow) => throw new NotSupportedException($"{monoNow}");

    public void Dispose()
    {
    }
}
