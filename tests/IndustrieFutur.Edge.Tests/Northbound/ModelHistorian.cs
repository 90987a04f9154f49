using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A historian in its simplest form: keeps what arrives by number, says what it has, asks for what it lacks.</summary>
internal sealed class ModelHistorian
{
    private readonly SequenceSet _done = new();
    private readonly List<RefusedRange> _refused = [];

    public SortedDictionary<ulong, double> Numbers { get; } = [];

    public SortedDictionary<ulong, string> Texts { get; } = [];

    public SequenceSet Gaps { get; } = new();

    public ulong UpTo => _done.Ranges.Count > 0 && _done.Ranges[0].First <= 1 ? _done.Ranges[0].Last : 0;

    /// <summary>The same store, told of another numbering.</summary>
    public ModelHistorian UnderNewEpoch()
    {
        var next = new ModelHistorian();
        foreach (var (number, value) in Numbers)
        {
            next.Numbers[number] = value;
        }

        foreach (var (number, text) in Texts)
        {
            next.Texts[number] = text;
        }

        return next;
    }

    public void Receive(ReadOnlySpan<byte> payload)
    {
        Assert.True(TelemetryReader.TryOpen(payload, out var reader));
        if (reader.IsGap)
        {
            var range = new SequenceRange(reader.GapFrom, reader.GapTo);
            foreach (var missing in _done.Missing(range).ToArray())
            {
                Gaps.Add(missing);
                _refused.Add(new RefusedRange(missing.First, missing.Last, reader.GapCause));
            }

            _done.Add(range);
            return;
        }

        var number = reader.First;
        while (reader.TryNext(out var metric))
        {
            if (metric.Alias == TestPlan.Text)
            {
                Texts[number] = System.Text.Encoding.UTF8.GetString(metric.Text);
            }
            else
            {
                Numbers[number] = BitConverter.Int64BitsToDouble(metric.Bits);
            }

            _done.Add(new SequenceRange(number++, number - 1));
        }
    }

    public StoredMessage Stored(StreamSpool stream) =>
        new([new StreamStored("plc", StreamSpool.Hex(stream.Epoch), UpTo, [.. _done.Ranges.Where(range => range.First > UpTo + 1)], [.. _refused])]);

    /// <summary>What a head shows as missing: below next, not here, and not going to come by itself.</summary>
    public IEnumerable<ReplayMessage> Holes(StreamHead head)
    {
        if (head.Next <= 1)
        {
            return [];
        }

        var known = new SequenceSet();
        foreach (var range in _done.Ranges.Concat(head.WillSend))
        {
            known.Add(range);
        }

        return known.Missing(new SequenceRange(1, head.Next - 1)).Select(hole => new ReplayMessage("plc", head.Epoch, hole.First, hole.Last));
    }
}
