namespace IndustrieFutur.Edge.Core.Links;

/// <summary>
/// Speaks over one link (a serial line, a TCP connection) to every device behind it, on the one thread that owns the link. It
/// knows no log, no retry of the link and no other thread: the runner owns those.
/// </summary>
public interface ILinkDriver : IDisposable
{
    /// <summary>
    /// A device has answered since <see cref="Connect()"/>. A host that takes the connection proves nothing: a dead unit behind a living
    /// gateway connects every time. Where nothing is asked, a link that stands for a while counts as an answer.
    /// </summary>
    bool HasAnswered { get; }

    /// <summary>The link is open and yet what should come does not; the driver looks into it. Most drivers know only open and lost.</summary>
    bool IsOverdue => false;

    /// <summary>Opens the link. Called again, after a pause, until it returns. Throws <see cref="LinkLostException"/> in plain words.</summary>
    void Connect();

    /// <summary>
    /// The same, and calls back every 50 ms or so while it waits and has not yet said anything of the signals: the runner must not be late
    /// with what it has to say of them. Whoever connects within a second need not care.
    /// </summary>
    void Connect(Action whileWaiting) => Connect();

    /// <summary>
    /// Does what is due now and returns the monotonic time at which it next has something to do (never waits for it, but may wait
    /// for an answer, 1 s at most between two looks at the link). Throws <see cref="LinkLostException"/> when the link is gone.
    /// </summary>
    long Step(long monoNow);

    /// <summary>
    /// We stop: whatever <see cref="Connect()"/> or <see cref="Step"/> waits for ends within 50 ms with an
    /// <see cref="OperationCanceledException"/>, and so does every later wait. The one method that another thread calls.
    /// </summary>
    void Cancel();

    /// <summary>
    /// The link is lost and may soon be back: marks the last values as such, where the driver keeps them. Those it has none of, or all,
    /// turn Bad when the runner's patience ends. Called after each try that failed, for even that may have brought values. True when
    /// something was marked that was not before.
    /// </summary>
    bool Doubt(long monoNow) => false;

    /// <summary>Closes the link; <see cref="Connect()"/> may follow. Never throws.</summary>
    void Disconnect();
}
