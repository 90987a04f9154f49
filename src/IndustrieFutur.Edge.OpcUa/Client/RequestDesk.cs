using System.Globalization;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// Sends requests over one channel and brings each answer to the one who waits for it, in whatever order they come. While one answer is
/// awaited the others are delivered.
/// </summary>
internal sealed class RequestDesk(ClientChannel channel, EndpointAddress endpoint, SessionCounters counters) : IDisposable
{
    /// <summary>More than the Publish requests that may be out, and the few services that can be nested.</summary>
    private const int PendingMax = 64;

    private readonly uint[] _requestIds = new uint[PendingMax];
    private readonly Answer?[] _answers = new Answer?[PendingMax];
    private int _pending;

    /// <summary>Secret: goes into every header and nowhere else.</summary>
    public NodeId AuthenticationToken { get; set; }

    public IAfterMessage? AfterMessage { get; set; }

    public bool IsBroken => channel.IsBroken;

    public ChannelCounters ChannelCounters => channel.Counters;

    public long Renewals => channel.Counters.Renewals;

    /// <summary>Whatever is sent keeps the session alive on the server.</summary>
    public long LastSentMonoNanos { get; private set; } = MonoTime.NowNanos();

    /// <summary>Sends; the answer comes while the desk is pumped.</summary>
    public uint Send(IUaRequest request, Answer answer)
    {
        if (_pending == PendingMax)
        {
            throw new InvalidOperationException($"{PendingMax} requests to {endpoint} wait for their answers already.");
        }

        request.RequestHeader.AuthenticationToken = AuthenticationToken;
        var requestId = channel.Send(request);
        _requestIds[_pending] = requestId;
        _answers[_pending] = answer;
        _pending++;
        counters.RequestsSent++;
        LastSentMonoNanos = MonoTime.NowNanos();
        return requestId;
    }

    /// <summary>Sends and waits for the answer. An answer that comes later is dropped.</summary>
    public void Exchange(IUaRequest request, Answer answer, TimeSpan timeout, CancellationToken stop)
    {
        if (request.RequestHeader.TimeoutHint == 0)
        {
            request.RequestHeader.TimeoutHint = (uint)Math.Clamp(timeout.TotalMilliseconds, 1, uint.MaxValue);
        }

        var untilNanos = MonoTime.NowNanos() + (timeout.Ticks * 100);
        var requestId = Send(request, answer);
        try
        {
            while (!answer.IsDone)
            {
                // Others may be answered without a pause: the time is over all the same.
                Pump(untilNanos, stop);
                if (!answer.IsDone && MonoTime.NowNanos() >= untilNanos)
                {
                    counters.Timeouts++;
                    throw TooLate(request, timeout);
                }
            }
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            Forget(requestId);
            throw;
        }
    }

    /// <summary>After a stop: waits on, for so long, for the answer that it cut off.</summary>
    public void AwaitAfterStop(Answer answer, TimeSpan limit)
    {
        IgnoreStop();
        var untilNanos = MonoTime.NowNanos() + (limit.Ticks * 100);
        try
        {
            while (!answer.IsDone && MonoTime.NowNanos() < untilNanos)
            {
                Pump(untilNanos, CancellationToken.None);
            }
        }
        catch (UaException)
        {
            // It comes no more.
        }
    }

    /// <summary>Exchange for a typed answer; throws the status when the service was refused.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="timeout">How long its answer may take.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="observe">Told the server's time in the answer, and when the request was sent.</param>
    public TResponse Invoke<TResponse>(IUaRequest<TResponse> request, TimeSpan timeout, CancellationToken stop, Action<long, long>? observe = null)
        where TResponse : class, IUaResponse<TResponse>
    {
        var answer = new TypedAnswer<TResponse>();
        var sentNanos = MonoTime.NowNanos();
        Exchange(request, answer, timeout, stop);
        observe?.Invoke(answer.Timestamp, sentNanos);
        return ResponseOf(request, answer);
    }

    /// <summary>What the answer brought; throws the status when the service was refused.</summary>
    public TResponse ResponseOf<TResponse>(IUaRequest<TResponse> request, TypedAnswer<TResponse> answer)
        where TResponse : class, IUaResponse<TResponse>
    {
        if (answer.Broken is { } broken)
        {
            throw new UaException(
                StatusCodes.BadDecodingError,
                $"The answer of {endpoint} to {NameOf(request)} cannot be decoded: {broken.Message} It is dropped; look at what the server sends.",
                broken);
        }

        if (answer.ForeignType != 0)
        {
            throw new UaException(
                StatusCodes.BadUnknownResponse,
                $"{endpoint} answered {NameOf(request)} with a message of type {answer.ForeignType}, which is no answer to it. The answer is dropped.");
        }

        var status = answer.Status;
        if (answer.Response is not null && !PublishHead.IsBad(status))
        {
            return answer.Response;
        }

        counters.Faults++;
        throw Refused(request, PublishHead.IsBad(status) ? status : StatusCodes.BadUnknownResponse);
    }

    /// <summary>Receives and delivers one message; false at the deadline.</summary>
    public bool Pump(long untilMonoNanos, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (!channel.TryReceive(untilMonoNanos, out var message))
        {
            return false;
        }

        Dispatch(message);
        AfterMessage?.AfterMessage();
        return true;
    }

    /// <summary>For a farewell after a stop.</summary>
    public void IgnoreStop() => channel.IgnoreStop();

    /// <summary>Closes the channel; nobody gets an answer any more.</summary>
    public void Dispose() => channel.Dispose();

    private void Dispatch(in ReceivedMessage message)
    {
        for (var i = 0; i < _pending; i++)
        {
            if (_requestIds[i] == message.RequestId)
            {
                var answer = _answers[i]!;
                RemoveAt(i);
                answer.Deliver(message);
                return;
            }
        }

        counters.LateAnswers++;
    }

    private void Forget(uint requestId)
    {
        var index = Array.IndexOf(_requestIds, requestId, 0, _pending);
        if (index >= 0)
        {
            RemoveAt(index);
        }
    }

    private void RemoveAt(int index)
    {
        _pending--;
        _requestIds[index] = _requestIds[_pending];
        _answers[index] = _answers[_pending];
        _answers[_pending] = null;
    }

    private UaException TooLate(IUaRequest request, TimeSpan timeout) => new(
        StatusCodes.BadTimeout,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{endpoint} has not answered {NameOf(request)} within {timeout.TotalSeconds:0.###} s. What became of it is not known; check the load of the server and the network."));

    private UaException Refused(IUaRequest request, uint status) =>
        new(status, $"{endpoint} refused {NameOf(request)}: {StatusCodes.NameOf(status)}.") { IsOfPeer = true };

    /// <summary>"Read" for a ReadRequest.</summary>
    private static string NameOf(IUaRequest request) => request.GetType().Name.Replace("Request", "", StringComparison.Ordinal);
}
