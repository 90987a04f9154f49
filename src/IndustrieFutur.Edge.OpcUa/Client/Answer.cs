using IndustrieFutur.Edge.OpcUa.SecureChannel;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Waits for the answer to one request and takes it while it lies in the receive buffer.</summary>
internal abstract class Answer
{
    public bool IsDone { get; private set; }

    public void Deliver(in ReceivedMessage message)
    {
        IsDone = true;
        Take(message);
    }

    /// <summary>To wait once more, for those that are used again and again.</summary>
    protected void Reset() => IsDone = false;

    /// <summary>Must not wait for other messages: the next one lies where this one does.</summary>
    protected abstract void Take(in ReceivedMessage message);
}
