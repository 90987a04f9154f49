using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Server.Connections;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Sessions;

/// <summary>One client's session (OPC UA Part 4, 5.7): outlives the channel it was made on, and moves to another one when it is activated there.</summary>
internal sealed class ServerSession(NodeId token, SessionContext context, ISubscriptionService subscriptions, long createdMonoNanos)
{
    private long _contactMonoNanos = createdMonoNanos;
    private bool _isOver;

    /// <summary>Whoever uses what follows holds it: the thread of the connection, or the one that keeps house.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The secret in each request's header.</summary>
    public NodeId Token { get; } = token;

    public SessionContext Context { get; } = context;

    public ISessionSubscriptions Subscriptions { get; } = subscriptions.Open(context);

    public long CreatedMonoNanos { get; } = createdMonoNanos;

    public required SecurityPolicy Policy { get; init; }

    /// <summary>Of the channel that it was made on, without its issuers; null with None.</summary>
    public required byte[]? ClientDer { get; init; }

    public required long TimeoutNanos { get; init; }

    /// <summary>The largest answer that the client takes.</summary>
    public int AnswerBytesMax => Context.AnswerBytesMax;

    /// <summary>The one that the next proofs must rest on.</summary>
    public required byte[] Nonce { get; set; }

    /// <summary>By which its requests come; null while its channel is gone.</summary>
    public ServerConnection? Connection { get; set; }

    public bool IsActivated { get; set; }

    public bool IsOver => Volatile.Read(ref _isOver);

    public void Touch(long monoNow) => _contactMonoNanos = monoNow;

    public bool IsTimedOut(long monoNow, TimeSpan activationTimeout) =>
        monoNow - _contactMonoNanos >= (IsActivated ? TimeoutNanos : Math.Min(TimeoutNanos, activationTimeout.Ticks * TimeSpan.NanosecondsPerTick));

    /// <summary>Does what is due; returns when that is the case again.</summary>
    public long Tick(long monoNow, IAnswerSender sender)
    {
        if (Subscriptions.NextDueMonoNanos <= monoNow)
        {
            Subscriptions.Tick(monoNow, sender);
        }

        return Subscriptions.NextDueMonoNanos;
    }

    /// <summary>The channel is gone, and with it the requests that came by it.</summary>
    public void LoseConnection()
    {
        Connection = null;
        Subscriptions.Drop(null, StatusCodes.BadSecureChannelClosed);
    }

    /// <summary>Answers what waits, and lets the subscriptions live on alone.</summary>
    public void End(IAnswerSender? sender, uint status)
    {
        if (!_isOver)
        {
            Volatile.Write(ref _isOver, true);
            Subscriptions.Drop(sender, status);
            Subscriptions.Release();
        }
    }

    /// <summary>Answers what waits, and deletes the subscriptions.</summary>
    public void EndWithSubscriptions(IAnswerSender? sender, uint status)
    {
        if (!_isOver)
        {
            Volatile.Write(ref _isOver, true);
            Subscriptions.Drop(sender, status);
            Subscriptions.Dispose();
        }
    }
}
