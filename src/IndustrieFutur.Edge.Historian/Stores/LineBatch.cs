using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Protocols.LineProtocol;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>A batch as lines, in one buffer that is used again and again; knows where each line begins and which sample it is.</summary>
internal sealed class LineBatch
{
    private readonly List<(int Start, int Index)> _lines = [];
    private readonly List<int> _apart = [];
    private readonly Dictionary<string, long> _gapTimes = [];
    private byte[] _buffer = new byte[64 * 1_024];
    private int _length;

    public int Count => _lines.Count;

    /// <summary>The first line of the samples set apart; they are the last lines.</summary>
    public int Apart { get; private set; }

    /// <summary>Writes the lines of everything in the batch that is not refused, those of the samples to be set apart last.</summary>
    public void Fill(StoreBatch batch, Predicate<StoreSample> isApart)
    {
        _lines.Clear();
        _apart.Clear();
        _length = 0;
        for (var i = 0; i < batch.Samples.Length; i++)
        {
            if (batch.IsRefused(i))
            {
                continue;
            }

            if (isApart(batch.Samples[i]))
            {
                _apart.Add(i);
                continue;
            }

            Add(batch, i);
        }

        for (var i = 0; i < batch.Gaps.Length; i++)
        {
            Add(Gap(batch.Gaps[i]), ~i);
        }

        Apart = _lines.Count;
        _apart.ForEach(index => Add(batch, index));
    }

    /// <summary>The bytes of the lines from one to another, the last not included.</summary>
    public ReadOnlyMemory<byte> Bytes(int from, int to)
    {
        var end = to == _lines.Count ? _length : _lines[to].Start;
        return _buffer.AsMemory(_lines[from].Start, end - _lines[from].Start);
    }

    /// <summary>True with the index of the line's sample in the batch; false with the index of its gap.</summary>
    public bool IsSample(int line, out int index)
    {
        index = _lines[line].Index;
        var isSample = index >= 0;
        index = isSample ? index : ~index;
        return isSample;
    }

    private void Add(StoreBatch batch, int index)
    {
        ref readonly var sample = ref batch.Samples[index];
        var series = sample.Series!;
        MakeRoom(LineEncoder.BytesMax(series.LineKey.Length, sample.Text?.Length ?? 0));
        var outcome = LineEncoder.Write(
            _buffer.AsSpan(_length), series.LineKey, series.Kind, sample.Bits, sample.Text, sample.Status, sample.SourceUtcNanos, out var length);
        if (outcome != LineOutcome.Written)
        {
            batch.Refuse(index, DropCause.StoreRefused, "its value is no number.");
            return;
        }

        _lines.Add((_length, index));
        _length += length;
    }

    private void Add(byte[] line, int index)
    {
        MakeRoom(line.Length);
        line.CopyTo(_buffer, _length);
        _lines.Add((_length, index));
        _length += line.Length;
    }

    private byte[] Gap(in StoreGap gap)
    {
        var stream = gap.Stream.Key;
        var epoch = Watermark.Hex(gap.Stream.Epoch);
        var key = LineKey.Make("telemetry_gap", ("cell", stream.Cell), ("device", stream.Device), ("epoch", epoch));

        // Gaps noticed at once would be one point: each has a millisecond of its own, VictoriaMetrics' grain.
        var series = Encoding.UTF8.GetString(key);
        var time = Math.Max(gap.NoticedUtcNanos, _gapTimes.GetValueOrDefault(series) + 1_000_000);
        _gapTimes[series] = time;
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{series}cause={gap.Cause}i,first={gap.Range.First}i,last={gap.Range.Last}i {time}\n"));
    }

    private void MakeRoom(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }
}
