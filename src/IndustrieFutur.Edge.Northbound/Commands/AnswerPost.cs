using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MQTTnet.Exceptions;

namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>Brings answers to the broker, over a connection that may be lost and come back meanwhile.</summary>
internal sealed class AnswerPost(string sink, ListenerStatus status, TimeProvider clock, ILogger logger)
{
    /// <summary>Who asked has given up by then, or finds the outcome in the audit.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A connection that is back is used soon enough.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    /// <summary>Refusals of this door that wait to be told; in a flood, those that find no room go untold. 64 need half a megabyte at the very most.</summary>
    private const int RefusalsMax = 64;

    private readonly Channel<(ReplyAddress Reply, RemoteAnswer Answer)> _refusals =
        Channel.CreateBounded<(ReplyAddress, RemoteAnswer)>(new BoundedChannelOptions(RefusalsMax) { SingleReader = true });

    private readonly Lock _telling = new();
    private readonly RareWord _lost = new(clock);
    private volatile AnswerLane? _lane;

    /// <summary>The connection in use; null: there is none.</summary>
    public AnswerLane? Lane
    {
        get => _lane;
        set => _lane = value;
    }

    /// <summary>An answer that is known at once. It waits for nobody: a flood of bad requests costs the good ones nothing.</summary>
    public void Post(ReplyAddress? reply, RemoteAnswer answer)
    {
        if (reply is not { } address || !_refusals.Writer.TryWrite((address, answer)))
        {
            status.CountAnswerLost();
        }
    }

    /// <summary>Sends what was posted, one after the other, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            var (reply, answer) = await _refusals.Reader.ReadAsync(ending);
            await SendAsync(reply, answer, ending);
        }
    }

    /// <summary>Tries until the broker has it, says no, or the time is over. Throws nothing.</summary>
    public async Task SendAsync(ReplyAddress? reply, RemoteAnswer answer, CancellationToken ending)
    {
        var why = "there is no connection.";
        if (reply is { } address)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending);
            using var timer = clock.CreateTimer(_ => Cancel(limit), null, Patience, Timeout.InfiniteTimeSpan);
            while (!limit.IsCancellationRequested)
            {
                (var isDone, why) = await TryAsync(address, answer, why, limit.Token);
                if (isDone)
                {
                    break;
                }

                await Task.Delay(Rest, clock, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        else
        {
            why = "it names no place for one.";
        }

        if (why.Length > 0)
        {
            TellLost(answer, why);
        }
    }

    /// <summary>Whether it is settled, and what stands against it; empty: it is there.</summary>
    private async Task<(bool IsDone, string Why)> TryAsync(ReplyAddress reply, RemoteAnswer answer, string why, CancellationToken limit)
    {
        if (_lane is not { IsOpen: true } lane)
        {
            return (false, why);
        }

        if (!lane.TryEnter())
        {
            return (false, "the broker takes no more at once.");
        }

        try
        {
            return (true, await lane.PublishAsync(reply, answer, limit) ?? "");
        }
        catch (Exception cause) when (cause is MqttCommunicationException or MqttProtocolViolationException or OperationCanceledException or InvalidOperationException)
        {
            return (false, "the connection was lost, or the broker does not acknowledge it.");
        }
        finally
        {
            lane.Leave();
        }
    }

    private static void Cancel(CancellationTokenSource limit)
    {
        try
        {
            limit.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer has just been settled.
        }
    }

    private void TellLost(RemoteAnswer answer, string why)
    {
        status.CountAnswerLost();
        lock (_telling)
        {
            if (_lost.IsDue(out var untold))
            {
                logger.AnswerLost(sink, answer.Id, answer.Outcome, why, untold);
            }
        }
    }
}
