using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>What a command sends: one declared message, once, and the device's own word for it.</summary>
public sealed partial class FramedDriver : ICommandTarget
{
    /// <summary>A device that talks without pause must not keep an order from being sent.</summary>
    private const int FramesBeforeMax = 64;

    private readonly FramedTarget[] _targets;
    private readonly int _device;

    /// <inheritdoc/>
    public long NotBeforeMonoNanos(CommandPlan command) => _asked is null ? 0 : _answerByMonoNanos;

    /// <inheritdoc/>
    public OrderAnswer Execute(Order order, CommandPlan command)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(command);
        if (_link is not { } link || _reader is not { } reader || command.Device != _device || (uint)command.Target >= (uint)_targets.Length)
        {
            return NotSent("this link has no such target");
        }

        var target = _targets[command.Target];
        if (target.BytesOf(order) is not { } message)
        {
            return NotSent("the message cannot carry this value");
        }

        var mayHaveLeft = false;
        try
        {
            HearWhatWaits(reader);
            mayHaveLeft = true;
            link.Write(message);
            return AwaitAnswer(reader, target);
        }
        catch (LinkBrokenException broken)
        {
            // The next step finds it broken too, and tells the runner.
            return mayHaveLeft ? OrderAnswer.Unanswered(broken.Message) : NotSent(broken.Message);
        }
    }

    private static OrderAnswer NotSent(string reason) => new(OrderVerdict.NotSent, 0, reason);

    /// <summary>What the device said before it was told cannot be its answer: it belongs to the groups, or to a request that was given up.</summary>
    private void HearWhatWaits(FrameReader reader)
    {
        // The desk has waited for it as long as anybody does.
        if (_asked is { } asked)
        {
            asked.NotAnswered(MonoClock.NowNanos());
            _asked = null;
        }

        if (!_listens)
        {
            reader.Discard();
            return;
        }

        for (var i = 0; i < FramesBeforeMax && reader.TryRead(0, out var frame); i++)
        {
            Take(frame, reader.ArrivalMonoNanos);
        }
    }

    private OrderAnswer AwaitAnswer(FrameReader reader, FramedTarget target)
    {
        var now = MonoClock.NowNanos();
        var until = now + target.TimeoutNanos;
        for (; now < until; now = MonoClock.NowNanos())
        {
            if (_stop.IsCancellationRequested)
            {
                return OrderAnswer.Unanswered("the service stopped while it waited for the answer");
            }

            if (!reader.TryRead(Math.Min(until, now + WaitNanos), out var frame))
            {
                continue;
            }

            if (target.Judge(frame) is { } answer)
            {
                _heardMonoNanos = reader.ArrivalMonoNanos;
                HasAnswered = true;
                return answer;
            }

            Take(frame, reader.ArrivalMonoNanos);
        }

        return OrderAnswer.Unanswered("no answer in time");
    }
}
