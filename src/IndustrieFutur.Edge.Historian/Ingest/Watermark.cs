using System.Globalization;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>What a store has of one stream: everything up to a number, a bounded list of ranges beyond, and what it refuses for ever.</summary>
internal sealed class Watermark
{
    /// <summary>Ranges beyond the prefix. More would make a retained message of kilobytes; the highest are forgotten, and asked again.</summary>
    public const int RangesMax = 64;

    /// <summary>Refused ranges told at once, some 30 KB of message. The next ones wait until the edge has passed these.</summary>
    public const int RefusedMax = 1_024;

    private readonly SequenceSet _done = new();
    private readonly List<RefusedRange> _refused = [];

    /// <summary>Everything up to here is stored, refused or known never to come; 0: nothing.</summary>
    public ulong UpTo => _done.Ranges.Count > 0 && _done.Ranges[0].First <= 1 ? _done.Ranges[0].Last : 0;

    /// <summary>The highest number of all; 0: none.</summary>
    public ulong Highest => _done.Ranges.Count > 0 ? _done.Ranges[^1].Last : 0;

    public IReadOnlyList<RefusedRange> Refused => _refused;

    /// <summary>What lies beyond <see cref="UpTo"/>.</summary>
    public IEnumerable<SequenceRange> Ranges => _done.Ranges.Skip(UpTo > 0 ? 1 : 0);

    /// <summary>
    /// As far as a store that keeps the prefix alone may say after a restart: before the first refused number that the edge has not
    /// passed, for the edge must hear of the refusal.
    /// </summary>
    public ulong UpToBeforeRefused => _refused.Count > 0 ? Math.Min(UpTo, _refused[0].First - 1) : UpTo;

    public SequenceSet Done => _done;

    /// <summary>Takes up what was kept or told.</summary>
    public static Watermark From(StreamStored stored)
    {
        var watermark = new Watermark();
        foreach (var range in stored.UpTo > 0 ? stored.Ranges.Prepend(new SequenceRange(1, stored.UpTo)) : stored.Ranges)
        {
            watermark._done.Add(range);
        }

        watermark._refused.AddRange(stored.Refused);
        return watermark;
    }

    public Watermark Clone()
    {
        var clone = new Watermark();
        foreach (var range in _done.Ranges)
        {
            clone._done.Add(range);
        }

        clone._refused.AddRange(_refused);
        return clone;
    }

    /// <summary>Takes note of what became of numbers; a cause makes them refused.</summary>
    public void Add(SequenceRange range, byte cause)
    {
        if (cause != 0 && !TryRefuse(new RefusedRange(range.First, range.Last, cause)))
        {
            return;
        }

        _done.Add(range);
        Trim();
    }

    /// <summary>Forgets refusals that the edge has heard of: it holds nothing below this number any more.</summary>
    public void ForgetRefusedBelow(ulong oldest) => _refused.RemoveAll(range => range.Last < oldest);

    private bool TryRefuse(RefusedRange range)
    {
        var at = _refused.Count;
        while (at > 0 && _refused[at - 1].First > range.First)
        {
            at--;
        }

        if (at > 0 && _refused[at - 1].Cause == range.Cause && _refused[at - 1].Last + 1 == range.First)
        {
            _refused[at - 1] = _refused[at - 1] with { Last = range.Last };
            return true;
        }

        if (_refused.Count >= RefusedMax)
        {
            return false;
        }

        _refused.Insert(at, range);
        return true;
    }

    private void Trim()
    {
        var most = RangesMax + (UpTo > 0 ? 1 : 0);
        while (_done.Ranges.Count > most)
        {
            var highest = _done.Ranges[^1];
            _done.Remove(highest);
            _refused.RemoveAll(range => range.First >= highest.First);
        }
    }

    public static string Hex(ulong value) => value.ToString("x16", CultureInfo.InvariantCulture);

    public StreamStored ToStored(string device, ulong epoch) => new(device, Hex(epoch), UpTo, [.. Ranges], [.. _refused]);
}
