using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Judges the samples that the edge keeps of a counting server's signals: within one life of the server each is one more than the one
/// before, and where a value is missing a sample that is not Good, or bears the overflow bit, stands in between and says so.
/// </summary>
internal sealed class OpcUaLossJudge
{
    /// <summary>Counts of one life of the server; it is told where each life begins.</summary>
    public const long CountsPerLife = 1_000_000;

    private const uint Overflow = 0x480;

    private readonly Lock _lock = new();
    private readonly SignalPlan[] _plans;
    private readonly long[] _last;
    private readonly bool[] _isMarked;
    private readonly long[] _lifeOf;
    private int _behind;
    private long _life = -1;
    private long _backTimestamp;

    public OpcUaLossJudge(IReadOnlyList<SignalPlan> plans)
    {
        _plans = [.. plans];
        _last = new long[plans.Count];
        _isMarked = new bool[plans.Count];
        _lifeOf = new long[plans.Count];
        Array.Fill(_last, -1);
        Array.Fill(_lifeOf, -1);
    }

    /// <summary>Good values seen.</summary>
    public long Values { get; private set; }

    /// <summary>Places where values are missing and a mark says so.</summary>
    public long Gaps { get; private set; }

    /// <summary>The first value that was lost, doubled or out of order without a mark; empty when there was none.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>A new life of the server begins: when are all signals back?</summary>
    public void Expect(long life)
    {
        lock (_lock)
        {
            (_life, _behind, _backTimestamp) = (life, _plans.Length, 0);
        }
    }

    /// <summary>When every signal had a Good value of the life that is expected, in Stopwatch ticks; 0 = not yet.</summary>
    public long BackTimestamp
    {
        get
        {
            lock (_lock)
            {
                return _backTimestamp;
            }
        }
    }

    public void See(ReadOnlySpan<Sample> samples)
    {
        lock (_lock)
        {
            foreach (ref readonly var sample in samples)
            {
                See(in sample);
            }
        }
    }

    private void See(ref readonly Sample sample)
    {
        var signal = sample.Signal;
        if ((sample.Status & 0xC000_0000) != 0)
        {
            _isMarked[signal] = true;
            return;
        }

        var value = _plans[signal].RawKind == ValueKind.Float64 ? (long)sample.AsDouble : sample.Bits;
        Values++;
        Judge(signal, value, isMarked: _isMarked[signal] || (sample.Status & Overflow) == Overflow);
        _last[signal] = value;
        _isMarked[signal] = false;
        NoteLife(signal, value / CountsPerLife);
    }

    private void Judge(int signal, long value, bool isMarked)
    {
        var last = _last[signal];
        if (last < 0 || value == last + 1)
        {
            return;
        }

        if (isMarked && value > last)
        {
            Gaps++;
            return;
        }

        if (Fault.Length == 0)
        {
            Fault = string.Create(CultureInfo.InvariantCulture, $"{_plans[signal].Id}: after {last} came {value}, {(isMarked ? "marked" : "and nothing says so")}");
        }
    }

    private void NoteLife(int signal, long life)
    {
        if (life == _lifeOf[signal])
        {
            return;
        }

        _lifeOf[signal] = life;
        if (life == _life && --_behind == 0)
        {
            _backTimestamp = Stopwatch.GetTimestamp();
        }
    }
}
