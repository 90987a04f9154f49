using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>
/// The last word of the server on every signal of the link. A server sends what changes and no more, so when the link was away and its
/// session lives on, what did not change must be said again from here. Memory is taken at start-up.
/// </summary>
internal sealed class OpcUaLastValues
{
    private readonly SignalPlan[] _signals;
    private readonly SampleWriter _writer;
    private readonly long[] _bits;
    private readonly uint[] _statuses;
    private readonly long[] _sources;
    private readonly long[] _heardMonoNanos;
    private readonly bool[] _isKnown;
    private readonly bool[] _isMarked;
    private readonly bool[] _isUnsaid;
    private readonly byte[][] _texts;
    private readonly int[] _textLengths;
    private bool _hasUnsaid;

    public OpcUaLastValues(SignalPlan[] signals, SampleWriter writer)
    {
        _signals = signals;
        _writer = writer;
        _bits = new long[signals.Length];
        _statuses = new uint[signals.Length];
        _sources = new long[signals.Length];
        _heardMonoNanos = new long[signals.Length];
        _isKnown = new bool[signals.Length];
        _isMarked = new bool[signals.Length];
        _isUnsaid = new bool[signals.Length];
        _textLengths = new int[signals.Length];
        _texts = [.. signals.Select(signal => signal.RawKind == ValueKind.Text ? new byte[signal.TextBytes] : [])];
    }

    public int Count => _signals.Length;

    public ValueKind KindOf(int slot) => _signals[slot].RawKind;

    /// <summary>The server has said something of it since the session was made.</summary>
    public bool IsKnown(int slot) => _isKnown[slot];

    public uint StatusOf(int slot) => _statuses[slot];

    /// <summary>The last thing said of it was ours.</summary>
    public bool IsMarked(int slot) => _isMarked[slot];

    public void Write(int slot, uint status, long bits, long sourceUtcNanos, long arrivalMonoNanos)
    {
        Note(slot, status, bits, sourceUtcNanos, arrivalMonoNanos);
        Said(slot, _writer.Write(_signals[slot].Index, status, bits, sourceUtcNanos, arrivalMonoNanos));
    }

    public void WriteText(int slot, uint status, ReadOnlySpan<byte> text, long sourceUtcNanos, long arrivalMonoNanos)
    {
        Note(slot, status, 0, sourceUtcNanos, arrivalMonoNanos);
        var kept = _texts[slot];
        _textLengths[slot] = Math.Min(text.Length, kept.Length);
        text[.._textLengths[slot]].CopyTo(kept);
        Said(slot, _writer.WriteText(_signals[slot].Index, status, text, sourceUtcNanos, arrivalMonoNanos));
    }

    /// <summary>The ring had no room for the last word on some signals: it is said again, for a server may say nothing more of them.</summary>
    public void SayUnsaid()
    {
        if (!_hasUnsaid)
        {
            return;
        }

        _hasUnsaid = false;
        for (var slot = 0; slot < _signals.Length; slot++)
        {
            if (_isUnsaid[slot] && _isKnown[slot] && !_isMarked[slot])
            {
                Said(slot, Say(slot, _statuses[slot], _sources[slot], _heardMonoNanos[slot]));
            }
        }
    }

    /// <summary>The link is lost: the last good values are doubted from the moment on that the server was last heard. True when one was not yet.</summary>
    public bool Doubt(long heardMonoNanos)
    {
        var utcNanos = _writer.ToUtc(heardMonoNanos);
        var isNews = false;
        for (var slot = 0; slot < _signals.Length; slot++)
        {
            isNews |= Doubt(slot, utcNanos, heardMonoNanos);
        }

        return isNews;
    }

    /// <summary>
    /// Values of this signal may have been lost: the last one is doubted from the moment on that it came, so that the mark lies before
    /// all that follows.
    /// </summary>
    public void Doubt(int slot) => Doubt(slot, _writer.ToUtc(_heardMonoNanos[slot]), _heardMonoNanos[slot]);

    /// <summary>The session lives on, and all that changed was delivered: what we had marked is as it was.</summary>
    public void Reaffirm(int slot, long monoNow)
    {
        if (_isMarked[slot] && _isKnown[slot])
        {
            Again(slot, monoNow);
        }
    }

    /// <summary>
    /// The subscription was heard and has nothing new of this signal, which is a word too: it must not go stale. Returns when to look
    /// again; far away for a signal that does not go stale.
    /// </summary>
    public long Refresh(int slot, long heardMonoNanos)
    {
        var pauseNanos = _signals[slot].StaleNanos / 3;
        if (pauseNanos == 0)
        {
            return long.MaxValue;
        }

        if (!_isKnown[slot] || _isMarked[slot])
        {
            return heardMonoNanos + pauseNanos;
        }

        if (heardMonoNanos - _heardMonoNanos[slot] >= pauseNanos)
        {
            Again(slot, heardMonoNanos);
        }

        return _heardMonoNanos[slot] + pauseNanos;
    }

    /// <summary>It is watched anew: the server will say what it is, and until then nothing is known.</summary>
    public void Forget(int slot) => _isKnown[slot] = false;

    private bool Doubt(int slot, long utcNanos, long monoNanos)
    {
        var isNews = !_isMarked[slot] && _isKnown[slot] && !StatusCode.IsBad(_statuses[slot]);

        // Marked only when the mark was taken: the next doubt tries again.
        _isMarked[slot] = !isNews || Say(slot, StatusCode.UncertainLastUsableValue, utcNanos, monoNanos);
        return isNews;
    }

    private void Again(int slot, long monoNow)
    {
        _isMarked[slot] = false;
        _heardMonoNanos[slot] = monoNow;
        Said(slot, Say(slot, _statuses[slot], _sources[slot], monoNow));
    }

    private void Said(int slot, bool isTaken)
    {
        _isUnsaid[slot] = !isTaken;
        _hasUnsaid |= !isTaken;
    }

    private bool Say(int slot, uint status, long sourceUtcNanos, long monoNanos)
    {
        if (_signals[slot].RawKind == ValueKind.Text)
        {
            return _writer.WriteText(_signals[slot].Index, status, _texts[slot].AsSpan(0, _textLengths[slot]), sourceUtcNanos, monoNanos);
        }

        return _writer.Write(_signals[slot].Index, status, _bits[slot], sourceUtcNanos, monoNanos);
    }

    private void Note(int slot, uint status, long bits, long sourceUtcNanos, long arrivalMonoNanos)
    {
        _bits[slot] = bits;
        _statuses[slot] = status;
        _sources[slot] = sourceUtcNanos;
        _heardMonoNanos[slot] = arrivalMonoNanos;
        _isKnown[slot] = true;
        _isMarked[slot] = false;
    }
}
