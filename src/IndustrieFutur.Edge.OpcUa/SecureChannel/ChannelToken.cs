using IndustrieFutur.Edge.OpcUa.Security;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>One security token of a channel: its keys in both directions and how long they hold (OPC UA Part 4, 5.5.2).</summary>
internal sealed class ChannelToken(uint id, SymmetricKeys sending, SymmetricKeys receiving, long sentNanos, long nowNanos, long lifetimeNanos) : IDisposable
{
    public uint Id => id;

    public SymmetricKeys Sending => sending;

    public SymmetricKeys Receiving => receiving;

    /// <summary>Counted from before the request for it: our clock never runs behind the other's idea of its start.</summary>
    public long ExpiresNanos { get; } = sentNanos + lifetimeNanos;

    /// <summary>What the peer secured in time may arrive late: a quarter of the lifetime (OPC UA Part 4, 5.5.2.1).</summary>
    public long ReceivesUntilNanos { get; } = nowNanos + lifetimeNanos + (lifetimeNanos / 4);

    /// <summary>At three quarters of its lifetime it is renewed (OPC UA Part 4, 5.5.2.1).</summary>
    public long RenewAtNanos { get; } = sentNanos + (lifetimeNanos / 4 * 3);

    public void Dispose()
    {
        sending.Dispose();
        receiving.Dispose();
    }
}
