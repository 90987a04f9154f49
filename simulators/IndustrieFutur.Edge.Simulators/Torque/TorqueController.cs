using System.Globalization;
using IndustrieFutur.Edge.Protocols.OpenProtocol;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Lines;

namespace IndustrieFutur.Edge.Simulators.Torque;

/// <summary>
/// A torque driver's controller: tightens when the cell says so, and tells each result over Open Protocol. Results that nobody has
/// acknowledged wait for the next who subscribes (an option of real controllers), so that a lost connection loses none.
/// </summary>
internal sealed class TorqueController : ISimulatedDevice
{
    /// <summary>The port that controllers have by custom.</summary>
    public const int UsualPort = 4545;

    public const double TargetTorque = 12;
    public const double TorqueMin = 11;
    public const double TorqueMax = 13;
    public const double TargetDegrees = 90;
    public const double DegreesMin = 60;
    public const double DegreesMax = 120;
    public const double NokShare = 0.03;
    public const int BatchSize = 4;
    public const string Name = "CELL-SIM-TORQUE";

    /// <summary>Open Protocol leaves the codes of MID 0071 to each manufacturer: this is our controller's for a tightening that was not OK.</summary>
    public const string NokAlarm = "E105";

    private const int TicksPerScan = 5;
    private const double ScanSeconds = TicksPerScan / (double)SimulatedTime.TicksPerSecond;

    /// <summary>Shorter than the cobot's 1.5 s at the fixture.</summary>
    private const double TighteningSeconds = 1.2;

    /// <summary>A day's worth at one every 12 s would be thousands; a controller keeps the last ones.</summary>
    private const int ResultsMax = 100;

    /// <summary>The controller's clock at tick 0: any morning does, and the same one each time.</summary>
    private static readonly DateTime StartsAt = new(2025, 1, 6, 6, 0, 0, DateTimeKind.Unspecified);

    private readonly Lock _gate = new();
    private readonly Journal? _journal;
    private readonly Random _random;
    private readonly Queue<ControllerAlarm> _raised = new();
    private TighteningCurve? _curve;
    private string? _activeAlarm;
    private SimulatedTime _now;
    private long _id;
    private long _acknowledged;
    private int _sessions;
    private bool _wasAsked;

    /// <param name="seed">The cell's.</param>
    /// <param name="id">Its name in the journal and in scenarios.</param>
    /// <param name="journal">Where each result is told.</param>
    public TorqueController(int seed, string id = "driver", Journal? journal = null)
    {
        Id = id;
        _journal = journal;
        _random = SeededRandom.For(seed, id);
        Protocol = new LineProtocol(
            "Open Protocol",
            link => new OpenProtocolConversation(this, OpenProtocolLink.ToIntegrator(link), isSerial: true).Serve,
            link => new OpenProtocolConversation(this, OpenProtocolLink.OverTcp(link), isSerial: false).Serve);
    }

    /// <inheritdoc/>
    public string Id { get; }

    public LineProtocol Protocol { get; }

    /// <summary>So many integrators may have a session at once; the next is refused as one client too many.</summary>
    public int SessionsMax { get; set; } = 2;

    /// <summary>What the part is called that lies in the fixture.</summary>
    public string Vin { get; set; } = "";

    /// <summary>The next screw gives way.</summary>
    public bool NextIsNok { get; set; }

    /// <summary>An option of the controller: a tightening that was not OK raises an alarm as well.</summary>
    public bool RaisesAlarmOnNok { get; init; }

    /// <summary>Newton metres at the spindle now; 0 when it stands.</summary>
    public double Torque
    {
        get
        {
            lock (_gate)
            {
                return _curve?.Torque ?? 0;
            }
        }
    }

    public bool IsTightening
    {
        get
        {
            lock (_gate)
            {
                return _curve is not null || _wasAsked;
            }
        }
    }

    /// <summary>The controller's clock, as it stands in messages.</summary>
    public string Time
    {
        get
        {
            lock (_gate)
            {
                return TimeOf(_now);
            }
        }
    }

    /// <summary>The code of the alarm that nobody has acknowledged at the panel yet; null: none.</summary>
    public string? ActiveAlarm
    {
        get
        {
            lock (_gate)
            {
                return _activeAlarm;
            }
        }
    }

    /// <summary>What there is to tell of tightenings.</summary>
    internal EventFeed<TighteningResult> Results { get; } = new(ResultsMax);

    /// <summary>What there is to tell of itself.</summary>
    internal EventFeed<ControllerAlarm> Alarms { get; } = new(capacity: 16);

    /// <summary>Everything up to this result is known to somebody.</summary>
    internal long Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged;
            }
        }
    }

    /// <summary>The cobot has brought a screw: it is tightened from the next tick on. While one is, nothing happens.</summary>
    public void Tighten()
    {
        lock (_gate)
        {
            _wasAsked = true;
        }
    }

    /// <summary>An alarm comes; four characters, such as E404.</summary>
    public void RaiseAlarm(string code) => Tell(code, isAcknowledged: false);

    /// <summary>Somebody acknowledges it at the controller's panel.</summary>
    public void AcknowledgeAlarm(string code) => Tell(code, isAcknowledged: true);

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
            TellAlarms(now);
            Begin();
            _curve?.Scan(ScanSeconds);
            if (_curve is { IsDone: true } done)
            {
                _curve = null;
                Keep(now, done);
            }
        }
    }

    /// <summary>A session begins, when there is room for one more.</summary>
    internal bool TryOpenSession()
    {
        lock (_gate)
        {
            if (_sessions >= SessionsMax)
            {
                return false;
            }

            _sessions++;
            return true;
        }
    }

    internal void CloseSession()
    {
        lock (_gate)
        {
            _sessions--;
        }
    }

    internal void Acknowledge(long number)
    {
        lock (_gate)
        {
            _acknowledged = Math.Max(_acknowledged, number);
        }
    }

    private static string TimeOf(in SimulatedTime now) =>
        StartsAt.AddSeconds(now.Seconds).ToString("yyyy-MM-dd:HH:mm:ss", CultureInfo.InvariantCulture);

    private static int StatusOf(double value, double low, double high) => value < low ? 0 : value > high ? 2 : 1;

    private void Tell(string code, bool isAcknowledged)
    {
        lock (_gate)
        {
            _raised.Enqueue(new ControllerAlarm(code, isAcknowledged, ""));
        }
    }

    private void TellAlarms(in SimulatedTime now)
    {
        while (_raised.TryDequeue(out var alarm))
        {
            Alarms.Add(alarm with { Time = TimeOf(now) });
            _activeAlarm = alarm.IsAcknowledged ? null : alarm.Code;
            _journal?.Write(now, Id, $"alarm {alarm.Code}{(alarm.IsAcknowledged ? " acknowledged" : "")}");
        }
    }

    private void Begin()
    {
        if (_wasAsked && _curve is null)
        {
            _curve = new TighteningCurve(_random, TighteningSeconds, NextIsNok);
            NextIsNok = false;
        }

        _wasAsked = false;
    }

    private void Keep(in SimulatedTime now, TighteningCurve curve)
    {
        _id++;
        var result = new TighteningResult(
            _id,
            (int)(curve.Torque * 100),
            (int)curve.Degrees,
            StatusOf(curve.Torque, TorqueMin, TorqueMax),
            StatusOf(curve.Degrees, DegreesMin, DegreesMax),
            (int)((_id - 1) % BatchSize) + 1,
            Vin,
            TimeOf(now));
        Results.Add(result);
        var verdict = result.IsOk ? "OK" : "NOK";
        _journal?.Write(now, Id, string.Create(CultureInfo.InvariantCulture, $"tightening {_id} {verdict} {result.TorqueCentinewtonMetres / 100.0:0.00} N.m {result.Degrees} deg"));
        if (RaisesAlarmOnNok && !result.IsOk)
        {
            RaiseAlarm(NokAlarm);
        }
    }
}
