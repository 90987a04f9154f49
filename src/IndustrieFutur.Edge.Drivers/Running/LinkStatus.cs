using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>How a link fares, for health, metrics and people. Written by its thread, read by anyone, in memory that is given.</summary>
public sealed class LinkStatus
{
    /// <summary>Room for a sentence with its remedy: one of a refused certificate names a thumbprint, a command and a folder.</summary>
    private const int ErrorBytes = 1_024;

    private readonly HotCounters _numbers;
    private readonly HotText _lastError;

    /// <param name="memory">Where it lives; zeroed memory is a link that was never opened.</param>
    public LinkStatus(HotMemory memory)
    {
        _numbers = new HotCounters(memory, (int)Place.Count);
        _lastError = new HotText(memory, ErrorBytes);
    }

    private enum Place
    {
        State,
        Connected,
        Refused,
        MarkedMonoNanos,
        Losses,
        Steps,
        Generation,
        Count,
    }

    public static long BytesNeeded { get; } = HotCounters.BytesNeeded((int)Place.Count) + HotText.BytesNeeded(ErrorBytes);

    public bool IsConnected
    {
        get => _numbers.Read((int)Place.Connected) != 0;
        internal set => _numbers.Set((int)Place.Connected, value ? 1 : 0);
    }

    public LinkState State
    {
        get => (LinkState)_numbers.Read((int)Place.State);
        internal set => _numbers.Set((int)Place.State, (long)value);
    }

    /// <summary>The device answered the last try, and said no.</summary>
    public bool IsRefused
    {
        get => _numbers.Read((int)Place.Refused) != 0;
        internal set => _numbers.Set((int)Place.Refused, value ? 1 : 0);
    }

    /// <summary>Why it is not connected, or was not; empty when there was no reason yet.</summary>
    public string LastError
    {
        get => _lastError.Value;
        internal set => _lastError.Value = value;
    }

    /// <summary>When the signals were last marked Bad for the link's sake: a mark of that time, or older, is no word of a device.</summary>
    public long MarkedMonoNanos
    {
        get => _numbers.Read((int)Place.MarkedMonoNanos);
        internal set => _numbers.Set((int)Place.MarkedMonoNanos, value);
    }

    /// <summary>How often an open link was lost.</summary>
    public long Losses => _numbers.Read((int)Place.Losses);

    /// <summary>How often the driver did what was due: it stands still when the driver hangs.</summary>
    public long Steps => _numbers.Read((int)Place.Steps);

    /// <summary>Which opening of the link this is: an order given for one is not sent over another.</summary>
    public long Generation => _numbers.Read((int)Place.Generation);

    internal void CountOpening() => _numbers.Add((int)Place.Generation, 1);

    internal void CountLoss() => _numbers.Add((int)Place.Losses, 1);

    internal void CountStep() => _numbers.Add((int)Place.Steps, 1);

    /// <summary>
    /// A runner begins where another may have been killed: what that one had open is lost, and a text it left half written is gone.
    /// Nothing changes in fresh memory.
    /// </summary>
    internal void TakeOver()
    {
        _lastError.Repair();
        State = LinkState.Connecting;
        if (IsConnected)
        {
            IsConnected = false;
            CountLoss();
        }
    }
}
