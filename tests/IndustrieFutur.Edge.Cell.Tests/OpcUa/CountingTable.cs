using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>
/// What counting signals must do: each value is one more than the one before. Remembers the last of each signal and every time that it was
/// otherwise. For one thread at a time.
/// </summary>
internal sealed class CountingTable
{
    private const long NotYet = long.MinValue;

    private readonly long[] _last;

    public CountingTable(int signals)
    {
        _last = new long[signals];
        Array.Fill(_last, NotYet);
    }

    /// <summary>How many values came.</summary>
    public long Values { get; private set; }

    /// <summary>How many of them were not their predecessor plus one.</summary>
    public long Faults { get; private set; }

    /// <summary>The first of them, in words.</summary>
    public string FirstFault { get; private set; } = "";

    public void See(int signal, long value)
    {
        var last = _last[signal];
        _last[signal] = value;
        Values++;
        if (last == NotYet || value == last + 1)
        {
            return;
        }

        Faults++;
        if (FirstFault.Length == 0)
        {
            FirstFault = string.Create(CultureInfo.InvariantCulture, $"signal {signal}: after {last} came {value}");
        }
    }

    /// <summary>Something stands between the last values and the next ones that excuses a jump: begin anew.</summary>
    public void Forget() => Array.Fill(_last, NotYet);

    public void Forget(int signal) => _last[signal] = NotYet;

    /// <summary>Every signal has arrived at this count.</summary>
    public bool AllAt(long count) => Array.TrueForAll(_last, last => last == count);

    /// <summary>Every signal has a value at or above this count.</summary>
    public bool AllFrom(long count) => Array.TrueForAll(_last, last => last >= count);
}
