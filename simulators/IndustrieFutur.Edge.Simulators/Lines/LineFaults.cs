namespace IndustrieFutur.Edge.Simulators.Lines;

/// <summary>
/// What a scenario can make wrong with the line of a device, whatever protocol runs on it. Switched by any thread; it holds from the next
/// message on. "One in" counts the device's messages: no chance is in it, so that the same questions meet the same faults.
/// </summary>
internal sealed class LineFaults
{
    /// <summary>Beyond it every client has given up, and a stop would wait.</summary>
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(10);

    /// <summary>A message of noise is bounded as a message is.</summary>
    private const int NoiseBytesMax = 256;

    private volatile bool _isCableOut;
    private volatile int _corruptOneIn;
    private volatile int _cutOneIn;
    private volatile int _noiseBytes;
    private long _delayTicks;

    /// <summary>Nothing passes, either way. A TCP connection that was open meanwhile is dead when the cable is back, as after a long outage.</summary>
    public bool IsCableOut
    {
        get => _isCableOut;
        set => _isCableOut = value;
    }

    /// <summary>One message in so many has a bit turned over: a wrong CRC where there is one. 0: none.</summary>
    public int CorruptOneIn
    {
        get => _corruptOneIn;
        set => _corruptOneIn = Math.Max(0, value);
    }

    /// <summary>One message in so many ends in its middle. 0: none.</summary>
    public int CutOneIn
    {
        get => _cutOneIn;
        set => _cutOneIn = Math.Max(0, value);
    }

    /// <summary>So many bytes of noise before each message.</summary>
    public int NoiseBytes
    {
        get => _noiseBytes;
        set => _noiseBytes = Math.Clamp(value, 0, NoiseBytesMax);
    }

    /// <summary>Each message leaves so much later, of the wall's time.</summary>
    public TimeSpan Delay
    {
        get => new(Volatile.Read(ref _delayTicks));
        set => Volatile.Write(ref _delayTicks, Math.Clamp(value.Ticks, 0, DelayMax.Ticks));
    }

    /// <summary>The line is as new.</summary>
    public void Clear()
    {
        IsCableOut = false;
        CorruptOneIn = 0;
        CutOneIn = 0;
        NoiseBytes = 0;
        Delay = TimeSpan.Zero;
    }
}
