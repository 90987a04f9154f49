using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>
/// Makes samples of what a server sends: kind, time, quality. Numbers and texts go through without garbage; arrays and structures are
/// taken apart, which costs some.
/// </summary>
internal sealed class OpcUaFeed(OpcUaLastValues values, OpcUaItem[] items, OpcUaStatistics statistics, SampleWriter writer, TimeSpan clockTolerance)
{
    /// <summary>A value that is not there, though its status is good (OPC UA Part 4, 7.39).</summary>
    private const uint BadNoData = 0x809B_0000;

    private readonly long _toleranceNanos = clockTolerance.Ticks * TimeSpan.NanosecondsPerTick;
    private readonly OpcUaText _text = new();
    private readonly int[] _slots = [.. items.Select(item => item.OnlySlot)];
    private readonly uint[] _generations = new uint[items.Length];
    private long _arrivalMonoNanos = MonoClock.NowNanos();
    private long _arrivalUtcNanos;

    /// <summary>When the server was last heard.</summary>
    public long HeardMonoNanos => _arrivalMonoNanos;

    /// <summary>All that the server watches; kept by who looks after them.</summary>
    public List<OpcUaWatch> Watches { get; } = [];

    /// <summary>Takes structures apart.</summary>
    public OpcUaStructures Structures { get; } = new();

    /// <summary>Something came just now; all that is delivered next bears this time.</summary>
    public void Hear()
    {
        _arrivalMonoNanos = MonoClock.NowNanos();
        _arrivalUtcNanos = writer.ToUtc(_arrivalMonoNanos);
    }

    public void TakeGap(uint subscriptionId, uint messagesLost)
    {
        statistics.CountMessagesLost(messagesLost);
        foreach (var watch in Watches)
        {
            if (watch.Subscription.Id == subscriptionId)
            {
                // At once: the message after the hole is decoded next.
                watch.DoubtAll(values, MonoClock.NowNanos());
            }
        }
    }

    /// <summary>The handle of an item that is about to be watched anew: what its older watch still sends is dropped from now on.</summary>
    public uint NewHandle(int place) => OpcUaHandle.Of(place, ++_generations[place]);

    /// <summary>A value of a subscription.</summary>
    public void TakeValue(uint handle, in NotifiedValue value)
    {
        var place = OpcUaHandle.PlaceOf(handle);
        if (place >= _slots.Length || handle != OpcUaHandle.Of(place, _generations[place]))
        {
            statistics.CountLate();
            return;
        }

        if (value.IsOverflow)
        {
            statistics.CountOverflow();
            foreach (var target in items[place].Targets)
            {
                values.Doubt(target.Slot);
            }
        }

        var sourceUtcNanos = Believed(value.SourceTime, value.ServerTime);
        try
        {
            TakeValue(place, in value, sourceUtcNanos);
        }
        catch (UaDecodingException)
        {
            // This one value is broken; the line and all that it carries are not.
            foreach (var target in items[place].Targets)
            {
                Write(target.Slot, StatusCode.BadDecodingError, 0, sourceUtcNanos);
            }
        }
    }

    /// <summary>A value that was read.</summary>
    public void TakeRead(int place, DataValue value) =>
        TakeWhole(place, value.Value, value.Status, Believed(value.SourceTimestamp, value.ServerTimestamp));

    /// <summary>The server does not give the variable, and this is why. Said once, and again only after something else was.</summary>
    public void TakeRefusal(int place, uint status)
    {
        Hear();
        foreach (var target in items[place].Targets)
        {
            if (!values.IsKnown(target.Slot) || values.IsMarked(target.Slot) || values.StatusOf(target.Slot) != status)
            {
                Write(target.Slot, status, 0, _arrivalUtcNanos);
            }
        }
    }

    private void TakeValue(int place, in NotifiedValue value, long sourceUtcNanos)
    {
        var slot = _slots[place];
        if (items[place].IsElement && !value.IsArray && !OpcUaParts.HasElements(value.Type) && !StatusCode.IsBad(value.Status))
        {
            // The server sends the whole value, for there is no element of it.
            foreach (var target in items[place].Targets)
            {
                Write(target.Slot, OpcUaParts.BadIndexRangeNoData, 0, sourceUtcNanos);
            }

            return;
        }

        if (slot >= 0 && StatusCode.IsBad(value.Status))
        {
            Write(slot, value.Status, 0, sourceUtcNanos);
            return;
        }

        if (slot >= 0 && !value.IsArray)
        {
            WriteScalar(slot, in value, sourceUtcNanos);
            return;
        }

        if (slot >= 0 && !items[place].IsElement)
        {
            // An array for a signal that takes one value: not worth taking apart.
            Write(slot, OpcUaConversion.BadTypeMismatch, 0, sourceUtcNanos);
            return;
        }

        if (value.Encoded.IsEmpty)
        {
            TakeNumber(place, in value, sourceUtcNanos);
            return;
        }

        TakeWhole(place, new UaReader(value.Encoded).ReadVariant(), value.Status, sourceUtcNanos);
    }

    /// <summary>For several signals: whoever takes the value whole has the number, as if it were alone; the others look for a part of it in vain.</summary>
    private void TakeNumber(int place, in NotifiedValue value, long sourceUtcNanos)
    {
        var parts = new OpcUaParts(Variant.Null, Structures);
        foreach (var target in items[place].Targets)
        {
            if (StatusCode.IsBad(value.Status))
            {
                Write(target.Slot, value.Status, 0, sourceUtcNanos);
            }
            else if (target.Field.Length == 0)
            {
                WriteScalar(target.Slot, in value, sourceUtcNanos);
            }
            else
            {
                Write(target.Slot, parts.TryTake(target.Field, items[place].Dimensions, out _), 0, sourceUtcNanos);
            }
        }
    }

    /// <summary>The time that the value bears: the device's, the server's in its place, the arrival in theirs.</summary>
    private long Believed(long sourceTime, long serverTime)
    {
        if (sourceTime != 0 && IsNear(sourceTime, out var utcNanos))
        {
            return utcNanos;
        }

        if (sourceTime != 0)
        {
            statistics.CountDisbelieved();
        }

        return serverTime != 0 && IsNear(serverTime, out utcNanos) ? utcNanos : _arrivalUtcNanos;
    }

    private bool IsNear(long wire, out long utcNanos)
    {
        utcNanos = UaTime.ToUtcNanos(wire);
        var apart = utcNanos - _arrivalUtcNanos;
        return apart <= _toleranceNanos && apart >= -_toleranceNanos;
    }

    private void WriteScalar(int slot, in NotifiedValue value, long sourceUtcNanos)
    {
        var kind = values.KindOf(slot);
        if (value.Type == BuiltInType.Null)
        {
            Write(slot, BadNoData, 0, sourceUtcNanos);
            return;
        }

        if (kind != ValueKind.Text)
        {
            var fit = OpcUaConversion.Convert(value.Type, value.Bits, kind, out var bits);
            Write(slot, fit == StatusCode.Good ? value.Status : fit, fit == StatusCode.Good ? bits : 0, sourceUtcNanos);
            return;
        }

        if (!_text.TryWrite(in value, out var text))
        {
            Write(slot, OpcUaConversion.BadTypeMismatch, 0, sourceUtcNanos);
            return;
        }

        values.WriteText(slot, value.Status, text, sourceUtcNanos, _arrivalMonoNanos);
    }

    /// <summary>A value as a whole, which feeds one signal or several.</summary>
    private void TakeWhole(int place, Variant value, uint status, long sourceUtcNanos)
    {
        var parts = new OpcUaParts(value, Structures);
        foreach (var target in items[place].Targets)
        {
            if (StatusCode.IsBad(status))
            {
                Write(target.Slot, status, 0, sourceUtcNanos);
                continue;
            }

            var refusal = parts.TryTake(target.Field, items[place].Dimensions, out var part);
            WritePart(target.Slot, refusal == StatusCode.Good ? status : refusal, part, sourceUtcNanos);
        }
    }

    private void WritePart(int slot, uint status, Variant part, long sourceUtcNanos)
    {
        if (StatusCode.IsBad(status))
        {
            Write(slot, status, 0, sourceUtcNanos);
            return;
        }

        if (values.KindOf(slot) == ValueKind.Text && !IsAbsent(part) && OpcUaText.TryWrite(part, out var text))
        {
            values.WriteText(slot, status, text, sourceUtcNanos, _arrivalMonoNanos);
            return;
        }

        var fit = IsAbsent(part) ? BadNoData : OpcUaConversion.Convert(part.Type, OpcUaParts.BitsOf(part), values.KindOf(slot), out _);
        var bits = 0L;
        if (fit == StatusCode.Good)
        {
            OpcUaConversion.Convert(part.Type, OpcUaParts.BitsOf(part), values.KindOf(slot), out bits);
        }

        Write(slot, fit == StatusCode.Good ? status : fit, bits, sourceUtcNanos);
    }

    /// <summary>A text or a structure that is null is one all the same, of its type.</summary>
    private static bool IsAbsent(in Variant part) => part.Value is null && (part.Type == BuiltInType.Null || OpcUaConversion.IsNumber(part.Type));

    private void Write(int slot, uint status, long bits, long sourceUtcNanos) => values.Write(slot, status, bits, sourceUtcNanos, _arrivalMonoNanos);
}
