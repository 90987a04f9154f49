namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// The newest sample of every signal. One thread writes, any thread reads: a reader never makes the writer wait, and never sees
/// half a sample (a sequence lock per signal).
/// </summary>
[HotPath]
public sealed unsafe class LatestValues
{
    private readonly LatestSlot* _slots;
    private readonly byte* _texts;
    private readonly int _textBytes;

    /// <param name="memory">Where the table lives.</param>
    /// <param name="count">How many signals the plan has.</param>
    /// <param name="textBytes">Longest text of any signal; 0 when none carries text.</param>
    public LatestValues(HotMemory memory, int count, int textBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
        _textBytes = textBytes;
        _slots = (LatestSlot*)memory.Take((long)count * sizeof(LatestSlot));
        _texts = textBytes == 0 ? null : memory.Take((long)count * textBytes);
    }

    public int Count { get; }

    public static long BytesNeeded(int count, int textBytes) =>
        HotMemory.Padded((long)count * sizeof(LatestSlot)) + (textBytes == 0 ? 0 : HotMemory.Padded((long)count * textBytes));

    /// <summary>
    /// For a new writer over a table whose writer was killed in the middle of a sample: that slot counts as never written, for half of two
    /// samples may lie in it; the next sample of the signal fills it.
    /// </summary>
    public void TakeOver()
    {
        for (var signal = 0; signal < Count; signal++)
        {
            var slot = _slots + signal;
            if ((slot->Version & 1) != 0)
            {
                slot->Sample = default;
                Volatile.Write(ref slot->Version, 0);
            }
        }
    }

    /// <summary>For the one writing thread: this signal will be set in a moment.</summary>
    internal void Fetch(int signal) => CacheLine.Fetch(_slots + signal, sizeof(LatestSlot));

    /// <summary>For the one writing thread.</summary>
    public void Set(in Sample sample) => Set(sample, default);

    /// <summary>For the one writing thread: a sample and its text (cut to the table's width).</summary>
    public void Set(in Sample sample, ReadOnlySpan<byte> text)
    {
        var slot = _slots + sample.Signal;
        var version = slot->Version;
        slot->Version = version + 1;

        // A release store alone would let the payload rise above the odd version (dotnet/coreclr 6121): a barrier is needed.
        Volatile.WriteBarrier();
        slot->Sample = sample;
        var length = TextCut.Length(text, _textBytes);
        slot->TextLength = length;
        if (length > 0)
        {
            text[..length].CopyTo(new Span<byte>(_texts + ((long)sample.Signal * _textBytes), length));
        }

        Volatile.Write(ref slot->Version, version + 2);
    }

    /// <summary>One try: false when nothing was ever written, or when the writer was at it just now.</summary>
    public bool TryRead(int signal, out Sample sample)
    {
        var slot = _slots + signal;
        var before = Volatile.Read(ref slot->Version);
        sample = slot->Sample;
        Volatile.ReadBarrier();
        return before != 0 && (before & 1) == 0 && before == slot->Version;
    }

    /// <summary>
    /// Reads until it gets a whole sample: 1,000 tries outlast any write (a write takes nanoseconds, a preempted writer a time slice).
    /// False: never written, or the writer was held for all of them.
    /// </summary>
    public bool Read(int signal, out Sample sample)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            if (TryRead(signal, out sample))
            {
                return true;
            }

            if (Volatile.Read(ref _slots[signal].Version) == 0)
            {
                return false;
            }
        }

        sample = default;
        return false;
    }

    /// <summary>Reads a sample with its text into <paramref name="text"/>; returns the text's length, or -1 when nothing can be read.</summary>
    public int ReadText(int signal, Span<byte> text, out Sample sample)
    {
        var slot = _slots + signal;
        for (var tries = 0; tries < 1000; tries++)
        {
            var before = Volatile.Read(ref slot->Version);
            if (before == 0)
            {
                break;
            }

            sample = slot->Sample;
            var length = Math.Min(Math.Min(slot->TextLength, _textBytes), text.Length);
            if (length > 0)
            {
                new ReadOnlySpan<byte>(_texts + ((long)signal * _textBytes), length).CopyTo(text);
            }

            Volatile.ReadBarrier();
            if ((before & 1) == 0 && before == slot->Version)
            {
                return Math.Max(length, 0);
            }
        }

        sample = default;
        return -1;
    }
}
