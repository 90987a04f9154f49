using System.Globalization;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Lines;

namespace IndustrieFutur.Edge.Simulators.Scale;

/// <summary>
/// A scale of 6 kg that speaks MT-SICS: what is put on it settles, trembles and is stable in the end. Loads come from the cell, zero and tare
/// from whoever speaks to it.
/// </summary>
internal sealed class MettlerScale : ISimulatedDevice
{
    public const int ScansPerSecond = SimulatedTime.TicksPerSecond / TicksPerScan;
    public const string SerialNumber = "B021002593";
    public const double CapacityGrams = 6_000;

    private const int TicksPerScan = 5;

    /// <summary>Ten values a second of the cell's time, when it talks by itself.</summary>
    private const int TicksPerRepeat = SimulatedTime.TicksPerSecond / 10;

    /// <summary>Display steps of 0.01 g.</summary>
    private const int Decimals = 2;

    /// <summary>A little more than the capacity is still shown; a little less than nothing too.</summary>
    private const double OverGrams = CapacityGrams + 0.1;
    private const double UnderGrams = -20;

    /// <summary>Zero may be set within 2 % of the capacity.</summary>
    private const double ZeroRangeGrams = 0.02 * CapacityGrams;

    private readonly Lock _gate = new();
    private readonly Journal? _journal;
    private readonly WeighingCell _cell;
    private readonly Queue<string> _news = new();
    private double _zeroGrams;
    private double _tareGrams;
    private Weight _shown = new(0, IsStable: false, ' ');
    private SimulatedTime _now;

    /// <param name="seed">The cell's.</param>
    /// <param name="id">Its name in the journal and in scenarios.</param>
    /// <param name="journal">Where its changes of state are told.</param>
    public MettlerScale(int seed, string id = "scale", Journal? journal = null)
    {
        Id = id;
        _journal = journal;
        _cell = new WeighingCell(SeededRandom.For(seed, id));
        Protocol = new LineProtocol("MT-SICS", link => new SicsConversation(this, link).Serve, link => new SicsConversation(this, link).Serve);
    }

    /// <inheritdoc/>
    public string Id { get; }

    public LineProtocol Protocol { get; }

    /// <summary>The display stands still.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>How much faster than true it gains weight.</summary>
    public double DriftGramsPerMinute { get; set; }

    /// <summary>Times the usual tremble; from about 10 on it never finds a stable weight.</summary>
    public double NoiseFactor { get; set; } = 1;

    /// <summary>It answers every command by a transmission error.</summary>
    public bool AnswersByError { get; set; }

    /// <summary>The values that it says by itself to whoever asked for that, stable or not.</summary>
    internal EventFeed<Weight> Repeats { get; } = new(capacity: 16);

    /// <summary>The cell's time, for those who wait for a stable weight.</summary>
    public SimulatedTime Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>What it shows.</summary>
    public Weight Weight
    {
        get
        {
            lock (_gate)
            {
                return _shown;
            }
        }
    }

    /// <summary>Something of that weight lies on it from now on; 0 takes it off.</summary>
    public void Load(double grams)
    {
        lock (_gate)
        {
            _cell.LoadGrams = grams;
            _news.Enqueue(string.Create(CultureInfo.InvariantCulture, $"load {grams:0.00} g"));
        }
    }

    /// <summary>What lies on it is nothing from now on: ' ' done, else on which side of the range that may be zeroed it lies.</summary>
    public char Zero()
    {
        lock (_gate)
        {
            var gross = _cell.Grams;
            if (Math.Abs(gross) > ZeroRangeGrams)
            {
                return gross > 0 ? '+' : '-';
            }

            (_zeroGrams, _tareGrams) = (gross, 0);
            Show();
            _news.Enqueue("zero");
            return ' ';
        }
    }

    /// <summary>What lies on it is the container from now on; returns its weight.</summary>
    public Weight Tare()
    {
        lock (_gate)
        {
            var tare = Net(_cell.Grams - _zeroGrams);
            if (tare.IsInRange)
            {
                _tareGrams = tare.Grams;
                Show();
                _news.Enqueue($"tare {tare.Text.TrimStart()}");
            }

            return tare;
        }
    }

    public void ClearTare()
    {
        lock (_gate)
        {
            _tareGrams = 0;
            Show();
        }
    }

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        if (!now.IsEvery(TicksPerScan))
        {
            return;
        }

        lock (_gate)
        {
            _now = now;
            var before = _shown;
            _cell.Scan(NoiseFactor, DriftGramsPerMinute);
            if (!IsFrozen)
            {
                Show();
            }

            if (now.IsEvery(TicksPerRepeat))
            {
                Repeats.Add(_shown);
            }

            Report(now, before);
        }
    }

    private void Show()
    {
        var net = Net(_cell.Grams - _zeroGrams - _tareGrams);
        _shown = net with { IsStable = _cell.IsStable };
    }

    private Weight Net(double grams)
    {
        var gross = _cell.Grams - _zeroGrams;
        var range = gross > OverGrams ? '+' : gross < UnderGrams ? '-' : ' ';

        // A zero of its own: -0.00 is no weight.
        return new Weight(Math.Round(grams, Decimals) + 0.0, _cell.IsStable, range);
    }

    private void Report(in SimulatedTime now, in Weight before)
    {
        while (_news.TryDequeue(out var news))
        {
            _journal?.Write(now, Id, news);
        }

        if (_shown.Range != before.Range)
        {
            _journal?.Write(now, Id, _shown.IsInRange ? "in range" : _shown.Range == '+' ? "overload" : "underload");
        }

        if (_shown.IsStable && !before.IsStable)
        {
            _journal?.Write(now, Id, $"stable {_shown.Text.TrimStart()}");
        }
    }
}
