using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>The numbers of one RTDE connection, for metrics and people. Written by the link's thread, read by anyone.</summary>
[HotPath]
public sealed class RtdeStatistics
{
    private long _connects;
    private long _packages;
    private long _packagesLost;
    private long _gaps;
    private long _restarts;
    private long _texts;
    private long _fieldsRefused;
    private long _periodNanos;
    private long _delayNanos;
    private volatile string _controllerVersion = "";
    private volatile string _lastText = "";

    /// <summary>Times that the stream was started; every one but the first is a reconnect.</summary>
    public long Connects => Volatile.Read(ref _connects);

    public long Reconnects => Math.Max(0, Connects - 1);

    /// <summary>Packages of data received.</summary>
    public long Packages => Volatile.Read(ref _packages);

    /// <summary>Packages that never came, by the steps of the controller's timestamp within a connection.</summary>
    public long PackagesLost => Volatile.Read(ref _packagesLost);

    /// <summary>Places at which packages are missing.</summary>
    public long Gaps => Volatile.Read(ref _gaps);

    /// <summary>Times that the controller's timestamp went back.</summary>
    public long Restarts => Volatile.Read(ref _restarts);

    /// <summary>Texts of the controller.</summary>
    public long Texts => Volatile.Read(ref _texts);

    /// <summary>Signals whose field the controller does not give at present.</summary>
    public long FieldsRefused => Volatile.Read(ref _fieldsRefused);

    /// <summary>From one package to the next by the controller's clock; 0 until it is known.</summary>
    public long PeriodNanos => Volatile.Read(ref _periodNanos);

    /// <summary>By how much the last package came later than the promptest of its second.</summary>
    public long DelayNanos => Volatile.Read(ref _delayNanos);

    /// <summary>The controller's software; empty until it was connected.</summary>
    public string ControllerVersion
    {
        get => _controllerVersion;
        internal set => _controllerVersion = value;
    }

    /// <summary>The last text of the controller; empty when it sent none.</summary>
    public string LastText
    {
        get => _lastText;
        internal set => _lastText = value;
    }

    internal void CountConnect() => Volatile.Write(ref _connects, _connects + 1);

    internal void CountPackage(long periodNanos, long delayNanos)
    {
        Volatile.Write(ref _packages, _packages + 1);
        Volatile.Write(ref _periodNanos, periodNanos);
        Volatile.Write(ref _delayNanos, delayNanos);
    }

    internal void CountGap(long lost)
    {
        Volatile.Write(ref _packagesLost, _packagesLost + lost);
        Volatile.Write(ref _gaps, _gaps + 1);
    }

    internal void CountRestart() => Volatile.Write(ref _restarts, _restarts + 1);

    internal void CountTexts(long count) => Volatile.Write(ref _texts, _texts + count);

    internal void SetFieldsRefused(int count) => Volatile.Write(ref _fieldsRefused, count);
}
