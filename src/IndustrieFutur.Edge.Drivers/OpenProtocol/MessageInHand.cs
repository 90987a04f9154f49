using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.OpenProtocol;

namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>
/// A result or an alarm on its way into the ring. A full ring stops it in its middle and it goes on where it stopped: each signal gets
/// it once, and the controller hears of it when all have.
/// </summary>
internal sealed class MessageInHand(OpenProtocolSignal[] signals)
{
    private readonly byte[] _message = new byte[OpenProtocolHeader.MessageBytesMax];
    private int _length;
    private int _next;
    private long _arrivalMonoNanos;

    /// <summary>Which message; 0: none is in hand.</summary>
    public int Mid { get; private set; }

    /// <summary>Its session is still there to hear the acknowledgement; else the controller sends it again and it is known by its id.</summary>
    public bool IsToAcknowledge { get; private set; }

    public ReadOnlySpan<byte> Message => _message.AsSpan(0, _length);

    public void Take(int mid, ReadOnlySpan<byte> message, long arrivalMonoNanos)
    {
        message.CopyTo(_message);
        (Mid, IsToAcknowledge, _length, _next, _arrivalMonoNanos) = (mid, true, message.Length, 0, arrivalMonoNanos);
    }

    /// <summary>Hands on what is left; false: the ring is full.</summary>
    public bool TryDeliver(SampleWriter writer)
    {
        var isAlarm = Mid == OpenProtocolMid.Alarm;
        for (; _next < signals.Length; _next++)
        {
            var signal = signals[_next];
            if (signal.IsOfAlarms == isAlarm && !signal.TryWrite(Message, writer, _arrivalMonoNanos))
            {
                return false;
            }
        }

        return true;
    }

    public void Drop() => Mid = 0;

    public void SessionEnded() => IsToAcknowledge = false;
}
