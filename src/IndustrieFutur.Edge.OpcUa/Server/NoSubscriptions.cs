using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>For a server that is only read, written and called: every request about subscriptions is answered BadServiceUnsupported.</summary>
internal sealed class NoSubscriptions : ISubscriptionService, ISessionSubscriptions
{
    public int Count => 0;

    public long CountSinceStart => 0;

    public long NextDueMonoNanos => long.MaxValue;

    public ISessionSubscriptions Open(SessionContext session) => this;

    public void TickReleased(long monoNow)
    {
        // Nothing was ever released.
    }

    public bool Handles(IUaRequest request) => false;

    public IUaResponse? Handle(uint requestId, IUaRequest request, SessionContext session, long monoNow) =>
        throw new UaException(StatusCodes.BadServiceUnsupported, "This server has no subscriptions.");

    public void Tick(long monoNow, IAnswerSender sender)
    {
        // Never due.
    }

    public void Drop(IAnswerSender? sender, uint status)
    {
        // Nothing waits.
    }

    public void Release()
    {
        // There is nothing to keep.
    }

    public void Dispose()
    {
        // There is nothing to end.
    }
}
