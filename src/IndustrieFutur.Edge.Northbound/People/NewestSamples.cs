using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.Northbound.People;

/// <summary>The newest accepted sample of each signal, for people: older ones are written over, so it never grows. Taking allocates nothing.</summary>
internal sealed class NewestSamples : ISampleTap
{
    private readonly Lock _gate = new();
    private readonly Sample[] _newest;
    private readonly bool[] _isNew;
    private readonly bool[] _isText;
    private readonly byte[][] _texts;
    private readonly int[] _textLengths;

    public NewestSamples(CellPlan plan)
    {
        _newest = new Sample[plan.Signals.Count];
        _isNew = new bool[plan.Signals.Count];
        _isText = [.. plan.Signals.Select(signal => signal.Kind == ValueKind.Text)];
        _texts = [.. plan.Signals.Select(signal => new byte[signal.TextBytes])];
        _textLengths = new int[plan.Signals.Count];
    }

    public void Take(ReadOnlySpan<Sample> run, SampleRing ring)
    {
        lock (_gate)
        {
            foreach (ref readonly var sample in run)
            {
                Keep(sample, ring);
            }
        }
    }

    /// <summary>The newest sample of a signal, once; false when none came since it was last taken.</summary>
    /// <param name="signal">Its index in the plan.</param>
    /// <param name="text">Receives the text of a text.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="textLength">Bytes of the text.</param>
    public bool TryTake(int signal, Span<byte> text, out Sample sample, out int textLength)
    {
        lock (_gate)
        {
            (sample, textLength) = (_newest[signal], _textLengths[signal]);
            if (!_isNew[signal])
            {
                return false;
            }

            _isNew[signal] = false;
            _texts[signal].AsSpan(0, textLength).CopyTo(text);
            return true;
        }
    }

    private void Keep(in Sample sample, SampleRing ring)
    {
        _newest[sample.Signal] = sample;
        _isNew[sample.Signal] = true;
        if (_isText[sample.Signal] && !StatusCode.IsBad(sample.Status))
        {
            var text = ring.Text(sample);
            var length = Math.Min(text.Length, _texts[sample.Signal].Length);
            text[..length].CopyTo(_texts[sample.Signal]);
            _textLengths[sample.Signal] = length;
        }
    }
}
