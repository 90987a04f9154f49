using IndustrieFutur.Edge.Core;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>The numbers of one RTDE connection, for metrics and people, in memory that is given. Written by the link's thread, read by anyone.</summary>
[HotPath]
public sealed class RtdeStatistics
{
    /// <summary>A text of a controller is seldom longer than a line; its source and message may have 255 bytes each.</summary>
    private const int TextBytes = 512;

    private readonly HotCounters _numbers;
    private readonly HotText _controllerVersion;
    private readonly HotText _lastText;

    /// <param name="memory">Where they live; zeroed memory is a connection that was never made.</param>
    public RtdeStatistics(HotMemory memory)
    {
        _numbers = new HotCounters(memory, (int)Place.Count);
        _controllerVersion = new HotText(memory, TextBytes);
        _lastText = new HotText(memory, TextBytes);
    }

    private enum Place
    {
        Connects,
        Packages,
        PackagesLost,
        Gaps,
        Restarts,
        Texts,
        FieldsRefused,
        PeriodNanos,
        DelayNanos,
        Count,
    }

    public static long BytesNeeded { get; } = HotCounters.BytesNeeded((int)Place.Count) + (2 * HotText.BytesNeeded(TextBytes));

    /// <summary>Times that the stream was started; every one but the first is a reconnect.</summary>
    public long Connects => _numbers.Read((int)Place.Connects);

    public long Reconnects => Math.Max(0, Connects - 1);

    /// <summary>Packages of data received.</summary>
    public long Packages => _numbers.Read((int)Place.Packages);

    /// <summary>Packages that never came, by the steps of the controller's timestamp within a connection.</summary>
    public long PackagesLost => _numbers.Read((int)Place.PackagesLost);

    /// <summary>Places at which packages are missing.</summary>
    public long Gaps => _numbers.Read((int)Place.Gaps);

    /// <summary>Times that the controller's timestamp went back.</summary>
    public long Restarts => _numbers.Read((int)Place.Restarts);

    /// <summary>Texts of the controller.</summary>
    public long Texts => _numbers.Read((int)Place.Texts);

    /// <summary>Signals whose field the controller does not give at present.</summary>
    public long FieldsRefused => _numbers.Read((int)Place.FieldsRefused);

    /// <summary>From one package to the next by the controller's clock; 0 until it is known.</summary>
    public long PeriodNanos => _numbers.Read((int)Place.PeriodNanos);

    /// <summary>By how much the last package came later than the promptest of its second.</summary>
    public long DelayNanos => _numbers.Read((int)Place.DelayNanos);

    /// <summary>The controller's software; empty until it was connected.</summary>
    public string ControllerVersion
    {
        get => _controllerVersion.Value;
        internal set => _controllerVersion.Value = value;
    }

    /// <summary>The last text of the controller; empty when it sent none.</summary>
    public string LastText
    {
        get => _lastText.Value;
        internal set => _lastText.Value = value;
    }

    internal void CountConnect() => _numbers.Add((int)Place.Connects, 1);

    internal void CountPackage(long periodNanos, long delayNanos)
    {
        _numbers.Add((int)Place.Packages, 1);
        _numbers.Set((int)Place.PeriodNanos, periodNanos);
        _numbers.Set((int)Place.DelayNanos, delayNanos);
    }

    internal void CountGap(long lost)
    {
        _numbers.Add((int)Place.PackagesLost, lost);
        _numbers.Add((int)Place.Gaps, 1);
    }

    internal void CountRestart() => _numbers.Add((int)Place.Restarts, 1);

    internal void CountTexts(long count) => _numbers.Add((int)Place.Texts, count);

    internal void SetFieldsRefused(int count) => _numbers.Set((int)Place.FieldsRefused, count);

    /// <summary>A driver begins where another may have been killed: a text it left half written is gone.</summary>
    internal void TakeOver()
    {
        _controllerVersion.Repair();
        _lastText.Repair();
    }
}
