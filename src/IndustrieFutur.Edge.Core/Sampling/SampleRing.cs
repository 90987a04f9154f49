using System.Numerics;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>A bounded queue between exactly one writing thread and exactly one reading thread.</summary>
/// <remarks>
/// Each side owns one cursor and keeps a copy of the other's, which it looks up again only when the ring seems full or empty: no
/// lock, no compare-and-swap. A full ring refuses the sample and counts it; the caller decides what a loss means, the ring never waits.
/// Texts lie beside the samples in fixed slots of the same producer and consumer; a text sample's bits are its slot number.
/// </remarks>
[HotPath]
public sealed unsafe class SampleRing
{
    /// <summary>Before the bytes of a text slot: length (u16) and whether it was cut (u16).</summary>
    private const int TextHeader = 4;

    private readonly RingControl* _control;
    private readonly Sample* _slots;
    private readonly byte* _texts;
    private readonly ulong _capacity;
    private readonly ulong _mask;
    private readonly ulong _textCapacity;
    private readonly ulong _textMask;
    private readonly int _textStride;
    private readonly int _textBytes;

    /// <param name="memory">Where the ring lives.</param>
    /// <param name="capacity">Samples it holds; a power of two.</param>
    /// <param name="textSlots">Texts it holds at once; 0 when no signal carries text, else a power of two.</param>
    /// <param name="textBytes">Longest text in bytes, 1 to 65535.</param>
    public SampleRing(HotMemory memory, int capacity, int textSlots = 0, int textBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (capacity < 2 || !BitOperations.IsPow2(capacity))
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A ring's capacity is a power of two, 2 or more.");
        }

        if (textSlots < 0 || (textSlots > 0 && !BitOperations.IsPow2(textSlots)))
        {
            throw new ArgumentOutOfRangeException(nameof(textSlots), textSlots, "A ring's text slots are a power of two, or none.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(textBytes, ushort.MaxValue);
        _capacity = (ulong)capacity;
        _mask = _capacity - 1;
        _textCapacity = (ulong)textSlots;
        _textMask = textSlots == 0 ? 0 : _textCapacity - 1;
        _textBytes = textBytes;
        _textStride = TextStride(textBytes);
        _control = (RingControl*)memory.Take(sizeof(RingControl));
        _slots = (Sample*)memory.Take((long)capacity * sizeof(Sample));
        _texts = textSlots == 0 ? null : memory.Take((long)textSlots * _textStride);
    }

    public int Capacity => (int)_capacity;

    /// <summary>Samples refused since start-up because the reader was too slow.</summary>
    public long Refused => (long)Volatile.Read(ref _control->Refused);

    /// <summary>For the reading thread only: where it is.</summary>
    public RingPosition Position => new(_control->ReadNext, _control->TextTaken);

    /// <summary>For the reading thread only: samples it has passed and not given back.</summary>
    public int Held => (int)(_control->ReadNext - _control->Read);

    /// <summary>Samples that wait, as seen from any thread: a number for people, already old when read.</summary>
    public int Waiting
    {
        get
        {
            var read = Volatile.Read(ref _control->Read);
            var written = Volatile.Read(ref _control->Written);
            return (int)Math.Min(written - read, _capacity);
        }
    }

    /// <summary>The most samples that the reader has ever found waiting when it looked (<see cref="NoteWaiting"/>).</summary>
    public int MostWaiting => (int)Volatile.Read(ref _control->MostWaiting);

    /// <summary>Samples ever written; a position in the stream, for any thread.</summary>
    public ulong Written => Volatile.Read(ref _control->Written);

    /// <summary>Samples ever read; a position in the stream, for any thread.</summary>
    public ulong Read => Volatile.Read(ref _control->Read);

    /// <summary>What a ring of this shape takes of its memory.</summary>
    public static long BytesNeeded(int capacity, int textSlots, int textBytes) =>
        HotMemory.Padded(sizeof(RingControl)) + HotMemory.Padded((long)capacity * sizeof(Sample))
        + (textSlots == 0 ? 0 : HotMemory.Padded((long)textSlots * TextStride(textBytes)));

    /// <summary>For the writing thread only. False: the ring was full, the sample is refused and counted.</summary>
    public bool TryWrite(in Sample sample)
    {
        var control = _control;
        var next = control->WriteNext;
        if (!HasRoom(control, next))
        {
            Refuse(control);
            return false;
        }

        _slots[next & _mask] = sample;
        Publish(control, next + 1);
        return true;
    }

    /// <summary>
    /// For the writing thread only: free slots in one run, <paramref name="max"/> at most, to be filled from the first on and then given to
    /// the reader at once by <see cref="Commit"/>. Empty when the ring is full; nothing counts as refused.
    /// </summary>
    public Span<Sample> Claim(int max)
    {
        var control = _control;
        var next = control->WriteNext;
        var free = _capacity - (next - control->ReadSeen);
        if (free < (ulong)max)
        {
            control->ReadSeen = Volatile.Read(ref control->Read);
            free = _capacity - (next - control->ReadSeen);
        }

        var run = Math.Min(free, _capacity - (next & _mask));
        return new Span<Sample>(_slots + (next & _mask), (int)Math.Min(run, (ulong)max));
    }

    /// <summary>For the writing thread only: publishes the first <paramref name="count"/> of the slots that <see cref="Claim"/> gave. The reader sees all or none.</summary>
    public void Commit(int count) => Publish(_control, _control->WriteNext + (ulong)count);

    /// <summary>For the writing thread only: a sample with its text. A text too long is cut and marked. Never for a Bad sample, whose text nobody would take out.</summary>
    public bool TryWriteText(in Sample sample, ReadOnlySpan<byte> text)
    {
        var control = _control;
        var next = control->WriteNext;
        var slot = control->TextNext;
        if (!HasRoom(control, next) || !HasTextRoom(control, slot))
        {
            Refuse(control);
            return false;
        }

        var length = TextCut.Length(text, _textBytes);
        var at = _texts + ((long)(slot & _textMask) * _textStride);
        *(ushort*)at = (ushort)length;
        *(ushort*)(at + 2) = (ushort)(text.Length > _textBytes ? 1 : 0);
        text[..length].CopyTo(new Span<byte>(at + TextHeader, length));
        control->TextNext = slot + 1;
        _slots[next & _mask] = new Sample(
            sample.Signal, sample.Status, (long)slot, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
        Publish(control, next + 1);
        return true;
    }

    /// <summary>For the reading thread only, before it begins to read: keeps the high-water mark.</summary>
    public void NoteWaiting()
    {
        var control = _control;
        control->WrittenSeen = Volatile.Read(ref control->Written);
        var waiting = control->WrittenSeen - control->ReadNext;
        if (waiting > control->MostWaiting)
        {
            Volatile.Write(ref control->MostWaiting, waiting);
        }
    }

    /// <summary>For the reading thread only: the samples that lie ready in one run, at most <paramref name="max"/> of them.</summary>
    public ReadOnlySpan<Sample> Peek(int max)
    {
        var control = _control;
        var next = control->ReadNext;
        if (control->WrittenSeen == next)
        {
            control->WrittenSeen = Volatile.Read(ref control->Written);
        }

        var ready = Math.Min(control->WrittenSeen - next, _capacity - (next & _mask));
        return new ReadOnlySpan<Sample>(_slots + (next & _mask), (int)Math.Min(ready, (ulong)max));
    }

    /// <summary>For the reading thread only: the text of a sample that <see cref="Peek"/> showed, valid until <see cref="Advance"/>.</summary>
    public ReadOnlySpan<byte> Text(in Sample sample)
    {
        var slot = (ulong)sample.Bits;
        _control->TextTaken = slot + 1;
        var at = _texts + ((long)(slot & _textMask) * _textStride);
        return new ReadOnlySpan<byte>(at + TextHeader, *(ushort*)at);
    }

    /// <summary>For the reading thread only: whether the text of a sample that <see cref="Peek"/> showed was too long for its slot.</summary>
    public bool IsCut(in Sample sample)
    {
        var at = _texts + ((long)((ulong)sample.Bits & _textMask) * _textStride);
        return *(ushort*)(at + 2) != 0;
    }

    /// <summary>For the reading thread only: gives back the first <paramref name="count"/> samples that <see cref="Peek"/> showed.</summary>
    public void Advance(int count)
    {
        Pass(count);
        Release(Position);
    }

    /// <summary>
    /// For the reading thread only: goes on behind the first <paramref name="count"/> samples that <see cref="Peek"/> showed, and keeps their
    /// slots: a reader that is killed before <see cref="Release"/> finds them again.
    /// </summary>
    public void Pass(int count) => _control->ReadNext += (ulong)count;

    /// <summary>For the reading thread only: gives back everything up to a place where it has been.</summary>
    public void Release(in RingPosition position)
    {
        var control = _control;
        if (_textCapacity != 0)
        {
            Volatile.Write(ref control->TextRead, position.Text);
        }

        // The release frees the slots only after they have been read.
        Volatile.Write(ref control->Read, position.Sample);
    }

    /// <summary>
    /// For a new reader over a ring whose reader was killed, before <see cref="TakeOverReading"/>: that one's last word of what is safe. A
    /// place where it has not been, of another ring, is passed over.
    /// </summary>
    public void ReleaseUpTo(in RingPosition position)
    {
        var control = _control;
        if (position.Sample > Volatile.Read(ref control->Read) && position.Sample <= control->ReadNext && position.Text <= control->TextTaken)
        {
            Release(position);
        }
    }

    /// <summary>
    /// For a new writer over a ring whose writer was killed, before its first sample: what that one had not published is as if it had never
    /// been written. Its slots are free, and a text slot it took is passed over with the next text.
    /// </summary>
    public void TakeOverWriting()
    {
        var control = _control;
        control->WriteNext = Volatile.Read(ref control->Written);
        control->ReadSeen = Volatile.Read(ref control->Read);
        control->TextReadSeen = Volatile.Read(ref control->TextRead);
    }

    /// <summary>
    /// For a new reader over a ring whose reader was killed: it begins again behind what was given back. Returns how many samples from there
    /// on the old one had already passed.
    /// </summary>
    public int TakeOverReading()
    {
        var control = _control;
        var released = Volatile.Read(ref control->Read);
        var passed = (int)(control->ReadNext - released);
        control->ReadNext = released;
        control->WrittenSeen = released;
        control->TextTaken = Volatile.Read(ref control->TextRead);
        return passed;
    }

    /// <summary>
    /// For a new reader over a ring whose reader was killed and had no more to do with what it had passed: it begins behind that.
    /// </summary>
    public void GoOnReading()
    {
        _control->WrittenSeen = _control->ReadNext;
        Release(Position);
    }

    /// <summary>Adds, per signal, what was published and is not passed yet; true unless the reader went on meanwhile. Its slots stay as they are until then.</summary>
    public bool TryCountWaiting(Span<long> perSignal)
    {
        var from = Volatile.Read(ref _control->ReadNext);
        var written = Volatile.Read(ref _control->Written);
        for (var cursor = from; cursor < written; cursor++)
        {
            perSignal[_slots[cursor & _mask].Signal]++;
        }

        return Volatile.Read(ref _control->ReadNext) == from;
    }

    /// <summary>
    /// For a new reader over a ring whose reader was killed: the places lie in order and within the capacity, and each sample that waits is
    /// of one of so many signals. Anything else was not left by a ring.
    /// </summary>
    public bool IsSound(int signals)
    {
        var (read, next, written) = (Volatile.Read(ref _control->Read), _control->ReadNext, Volatile.Read(ref _control->Written));
        if (next - read > _capacity || written - read > _capacity || written - read < next - read)
        {
            return false;
        }

        for (var cursor = read; cursor < written; cursor++)
        {
            if ((uint)_slots[cursor & _mask].Signal >= (uint)signals)
            {
                return false;
            }
        }

        return true;
    }

    private static int TextStride(int textBytes) => (textBytes + TextHeader + 7) / 8 * 8;

    private static void Refuse(RingControl* control) => Volatile.Write(ref control->Refused, control->Refused + 1);

    private bool HasRoom(RingControl* control, ulong next)
    {
        if (next - control->ReadSeen < _capacity)
        {
            return true;
        }

        control->ReadSeen = Volatile.Read(ref control->Read);
        return next - control->ReadSeen < _capacity;
    }

    private bool HasTextRoom(RingControl* control, ulong slot)
    {
        if (slot - control->TextReadSeen < _textCapacity)
        {
            return true;
        }

        control->TextReadSeen = Volatile.Read(ref control->TextRead);
        return slot - control->TextReadSeen < _textCapacity;
    }

    private static void Publish(RingControl* control, ulong next)
    {
        control->WriteNext = next;

        // The release makes the slots visible before the cursor that announces them.
        Volatile.Write(ref control->Written, next);
    }
}
