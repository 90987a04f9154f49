using System.Text;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>One message that orders send, made ready when the driver is made, and how its answers are read.</summary>
internal sealed class FramedTarget
{
    /// <summary>While an answer is awaited nothing else is asked: whoever takes longer is read by the order's effect.</summary>
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromSeconds(5);

    private readonly FrameSettings _frame;
    private readonly FramedMessage _message;
    private readonly FieldCut _accept;
    private readonly FieldCut? _reject;

    /// <param name="options">Checked.</param>
    /// <param name="device">Of the target.</param>
    public FramedTarget(FramedTargetOptions options, FramedOptions device)
    {
        _frame = device.Frame.ToSettings();
        _message = FramedMessage.TryParse(options.Send, out var message, out var error) ? message : throw new InvalidOperationException(error);
        _accept = CutOf(options.Accept);
        _reject = string.IsNullOrEmpty(options.Reject) ? null : CutOf(options.Reject);
        var timeout = options.Timeout ?? (device.Timeout < TimeoutMax ? device.Timeout : TimeoutMax);
        TimeoutNanos = timeout.Ticks * TimeSpan.NanosecondsPerTick;
    }

    public long TimeoutNanos { get; }

    /// <summary>What an order sends; null: its values are none that the message carries.</summary>
    public byte[]? BytesOf(Order order)
    {
        if (order.Count != (_message.HasValue ? 1 : 0))
        {
            return null;
        }

        var value = order.Count == 1 ? order.Value(0) : 0;
        return _message.MistakeIn(value) is null ? _message.Bytes(_frame, value) : null;
    }

    /// <summary>What the device says with a message; null: it is no answer to this order.</summary>
    public OrderAnswer? Judge(ReadOnlySpan<byte> frame)
    {
        if (_reject is not null && _reject.TryCut(frame, out _))
        {
            return OrderAnswer.Rejected(0, Printable(frame));
        }

        return _accept.TryCut(frame, out _) ? OrderAnswer.Taken(Printable(frame)) : null;
    }

    private static FieldCut CutOf(string pattern) =>
        FieldCut.TryByRegex(pattern, 0, out var cut, out var error) ? cut : throw new InvalidOperationException(error);

    private static string Printable(ReadOnlySpan<byte> frame) =>
        string.Concat(Encoding.Latin1.GetString(frame).Select(static one => char.IsControl(one) ? '?' : one));
}
