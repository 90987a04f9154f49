using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>
/// One stream under one numbering: what the store has, what is on its way into it, and what is missing. Decides what is taken, what is
/// passed over and what is asked for again; touches neither broker nor store.
/// </summary>
internal sealed class StreamState
{
    /// <summary>Ten messages of the usual size: enough for a good pace, little enough to be lost once more.</summary>
    public const ulong AskMax = 10_000;

    /// <summary>
    /// How far telemetry may be ahead of the last head. Heads come every second; a hundred times what the fastest cell sends in one
    /// leaves room for heads that were lost. As much again for each second without one: after an outage samples may come before the head.
    /// </summary>
    public const ulong AheadMax = 1_000_000;

    /// <summary>A number missing from two heads so far apart is a hole. A little less than the second between heads, whose rhythm wavers.</summary>
    public static readonly TimeSpan HoleAge = TimeSpan.FromMilliseconds(900);

    /// <summary>A request unanswered for so long was lost.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>Holes looked at in one head; the rest is seen when these are filled.</summary>
    private const int HolesMax = 256;

    private readonly TimeProvider _clock;
    private readonly SequenceSet _held = new();
    private long _givenAt;
    private List<SequenceRange> _suspects = [];
    private List<SequenceRange> _holes = [];
    private long _suspectsSince;
    private bool _hasSuspects;
    private SequenceRange? _asked;
    private long _askedSince;
    private ulong _oldest = 1;
    private ulong? _given;
    private ulong _highest;
    private ulong _storedAtHead;

    public StreamState(StreamKey key, ulong epoch, TimeProvider clock, Watermark? stored = null)
    {
        Key = key;
        Epoch = epoch;
        _clock = clock;
        Stored = stored ?? new Watermark();
        _highest = _storedAtHead = Stored.Highest;
    }

    public StreamKey Key { get; }

    public ulong Epoch { get; }

    /// <summary>What the store has for certain.</summary>
    public Watermark Stored { get; }

    /// <summary>Numbers taken and not yet stored for certain.</summary>
    public SequenceSet Held => _held;

    /// <summary>The edge can have sent samples of these numbers: none lies far beyond what its last head has given, nor beyond what stores can write.</summary>
    public bool CanBeSamples(SequenceRange range) =>
        range.Last <= long.MaxValue && (_given is not { } given || range.Last <= given || range.Last - given <= AheadMax + (AheadMax * SilentSeconds));

    /// <summary>The edge can have given these numbers up: it has spoken of them, by samples or by its head.</summary>
    public bool CanBeGap(SequenceRange range) => range.Last <= Math.Max(_highest, _given ?? 0);

    /// <summary>
    /// What was stored before the last head lies beyond this one: the store was told what was not true, or the edge was set back.
    /// Samples stored since may be ahead of a head that was on its way.
    /// </summary>
    public bool IsBeyond(StreamHead head) => _storedAtHead > 0 && head.Next <= _storedAtHead;

    /// <summary>Takes of a range what is neither stored nor on its way, and returns it; the rest came before.</summary>
    public IReadOnlyList<SequenceRange> Hold(SequenceRange range)
    {
        _highest = Math.Max(_highest, range.Last);
        var taken = Lacking(range);
        foreach (var part in taken)
        {
            _held.Add(part);
        }

        return taken;
    }

    /// <summary>Lets go of what will not reach the store: it counts as missing from now on.</summary>
    public void Release(SequenceRange range) => _held.Remove(range);

    /// <summary>The store has these numbers for certain, or refuses them for ever.</summary>
    public void Settle(SequenceRange range, byte cause)
    {
        _held.Remove(range);
        Stored.Add(range, cause);
    }

    /// <summary>The edge says how far the stream reaches; what is missing now and was missing a second ago is a hole.</summary>
    public void Observe(StreamHead head)
    {
        _oldest = head.Oldest;
        _given = head.Next == 0 ? 0 : head.Next - 1;
        _givenAt = _clock.GetTimestamp();
        _storedAtHead = Stored.Highest;
        Stored.ForgetRefusedBelow(head.Oldest);
        var missing = Missing(head);
        if (_hasSuspects && _clock.GetElapsedTime(_suspectsSince) < HoleAge)
        {
            _holes = Common(missing, _holes);
            return;
        }

        _holes = _hasSuspects ? Common(missing, _suspects) : [];
        _suspects = missing;
        _suspectsSince = _clock.GetTimestamp();
        _hasSuspects = true;
    }

    /// <summary>What is to be asked of the edge now; null: nothing, or the answer to the last request is still due.</summary>
    public ReplayMessage? Ask()
    {
        if (_asked is { } asked && Lacking(asked).Count > 0 && _clock.GetElapsedTime(_askedSince) < AskAgainAfter)
        {
            return null;
        }

        _asked = null;
        foreach (var hole in _holes)
        {
            if (Lacking(hole) is [var first, ..])
            {
                return Ask(first);
            }
        }

        return null;
    }

    private ulong SilentSeconds => (ulong)_clock.GetElapsedTime(_givenAt).TotalSeconds;

    private ReplayMessage Ask(SequenceRange hole)
    {
        // What the edge no longer has is answered by one gap, however long it is.
        var last = hole.First < _oldest ? Math.Min(hole.Last, _oldest - 1) : Math.Min(hole.Last, hole.First + AskMax - 1);
        _asked = new SequenceRange(hole.First, last);
        _askedSince = _clock.GetTimestamp();
        return new ReplayMessage(Key.Device, Watermark.Hex(Epoch), hole.First, last);
    }

    private List<SequenceRange> Lacking(SequenceRange range)
    {
        var lacking = new List<SequenceRange>();
        foreach (var part in Stored.Done.Missing(range))
        {
            lacking.AddRange(_held.Missing(part));
        }

        return lacking;
    }

    private List<SequenceRange> Missing(StreamHead head)
    {
        var missing = new List<SequenceRange>();
        if (head.Next <= 1)
        {
            return missing;
        }

        var coming = new SequenceSet();
        foreach (var range in head.WillSend)
        {
            coming.Add(range);
        }

        foreach (var part in Lacking(new SequenceRange(1, head.Next - 1)))
        {
            foreach (var hole in coming.Missing(part))
            {
                missing.Add(hole);
                if (missing.Count == HolesMax)
                {
                    return missing;
                }
            }
        }

        return missing;
    }

    private static List<SequenceRange> Common(List<SequenceRange> left, List<SequenceRange> right)
    {
        var common = new List<SequenceRange>();
        foreach (var one in left)
        {
            foreach (var other in right)
            {
                var (first, last) = (Math.Max(one.First, other.First), Math.Min(one.Last, other.Last));
                if (first <= last)
                {
                    common.Add(new SequenceRange(first, last));
                }
            }
        }

        return common;
    }
}
