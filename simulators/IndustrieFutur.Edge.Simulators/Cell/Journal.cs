namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>
/// What happened in the cell, in the order of the virtual clock: a line for each event, "seconds device what". Two runs with one seed and no
/// commands from outside write the same bytes, at whatever speed. Written from <see cref="ISimulatedDevice.Tick"/> only.
/// </summary>
/// <param name="target">Where the lines go as well; null: only kept. Whoever made it closes it.</param>
public sealed class Journal(TextWriter? target = null)
{
    /// <summary>Kept for whoever looks; an event or two a second fill it in days. When it is full, the oldest half goes.</summary>
    private const int LinesMax = 100_000;

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    /// <summary>A copy of what is kept.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <param name="now">When.</param>
    /// <param name="device">Whose event.</param>
    /// <param name="what">In English, one line, no wall-clock time in it.</param>
    public void Write(in SimulatedTime now, string device, string what)
    {
        var line = $"{now} {device} {what}";
        lock (_gate)
        {
            if (_lines.Count == LinesMax)
            {
                _lines.RemoveRange(0, LinesMax / 2);
            }

            _lines.Add(line);
            target?.Write(line + '\n');
        }
    }
}
