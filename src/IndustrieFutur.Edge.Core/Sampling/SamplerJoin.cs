namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// How the service and an isolated sampler find one another in the block they share: who runs, which plan it is, who is alive, who is to
/// stop. Each word has one writer.
/// </summary>
public sealed unsafe class SamplerJoin
{
    /// <summary>"ifedgeS" and a point, so that a foreign file is not taken for a block.</summary>
    private const ulong MagicWord = 0x2E53_6567_6465_6669;

    /// <summary>Of the layout of everything in a block; a change of any structure in it changes this number, unless zeros in new places mean what was before.</summary>
    private const ulong LayoutVersion = 2;

    private readonly SamplerControl* _control;
    private readonly ulong _length;

    /// <param name="memory">The block; this takes its beginning.</param>
    public SamplerJoin(HotMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _control = (SamplerControl*)memory.Take(sizeof(SamplerControl));
        _length = memory.Length;
    }

    public static long BytesNeeded => HotMemory.Padded(sizeof(SamplerControl));

    /// <summary>Of the plan that the block was made for.</summary>
    public ulong PlanHash => _control->PlanHash;

    /// <summary>The process that samples; 0 before its first start.</summary>
    public int SamplerProcess => (int)Volatile.Read(ref _control->SamplerProcess);

    /// <summary>How often a sampler began on this block: each one but the first followed a crash.</summary>
    public long Starts => Volatile.Read(ref _control->Starts);

    /// <summary>The sampler ended because it was told to, and left nothing behind in a ring.</summary>
    public bool HasEnded => Volatile.Read(ref _control->HasEnded) != 0;

    /// <summary>From the last tick before a crash to the first after it, monotonic; 0 and 0: there was none.</summary>
    public (long FromMonoNanos, long ToMonoNanos) LastGap => (Volatile.Read(ref _control->GapFromMonoNanos), Volatile.Read(ref _control->GapToMonoNanos));

    /// <summary>When the service last showed that it lives, monotonic.</summary>
    public long ServiceBeatMonoNanos => Volatile.Read(ref _control->ServiceBeatMonoNanos);

    /// <summary>The service wants the sampler to end.</summary>
    public bool MustStop => Volatile.Read(ref _control->Stop) != 0;

    /// <summary>For the service, over a new block: names its plan.</summary>
    public void Create(ulong planHash)
    {
        _control->Version = LayoutVersion;
        _control->PlanHash = planHash;
        _control->Length = _length;
        Volatile.Write(ref _control->Magic, MagicWord);
    }

    /// <summary>Why this block is not the one of this plan and this version, in a sentence; null when it is.</summary>
    public string? Mismatch(ulong planHash) =>
        LayoutMismatch() ?? (_control->PlanHash == planHash ? null : "it is of another configuration, or of another version of ifedge");

    /// <summary>Why nothing in this block can be read, whatever its plan, in a sentence; null when it can.</summary>
    public string? LayoutMismatch()
    {
        if (Volatile.Read(ref _control->Magic) != MagicWord)
        {
            return "it is no block of a sampler, or was never finished";
        }

        if (_control->Version != LayoutVersion)
        {
            return $"it is of layout {_control->Version} and this program knows {LayoutVersion}";
        }

        return _control->Length == _length ? null : $"it has {_length} bytes and says {_control->Length}";
    }

    /// <summary>For a sampler, when its loop is about to tick. A gap is what lies between a crash and now; from 0: there was no crash.</summary>
    public void SamplerBegins(int process, long gapFromMonoNanos, long monoNow)
    {
        if (gapFromMonoNanos != 0)
        {
            Volatile.Write(ref _control->GapFromMonoNanos, gapFromMonoNanos);
            Volatile.Write(ref _control->GapToMonoNanos, monoNow);
        }

        Volatile.Write(ref _control->HasEnded, 0);
        Volatile.Write(ref _control->SamplerProcess, process);
        Volatile.Write(ref _control->Starts, _control->Starts + 1);
    }

    /// <summary>For a sampler that was told to end, when its rings are empty.</summary>
    public void SamplerEnds() => Volatile.Write(ref _control->HasEnded, 1);

    /// <summary>For the service, several times a second.</summary>
    public void ServiceLives(long monoNow) => Volatile.Write(ref _control->ServiceBeatMonoNanos, monoNow);

    /// <summary>For the service: the sampler is to end.</summary>
    public void Stop() => Volatile.Write(ref _control->Stop, 1);
}
