using System.Globalization;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>
/// What of a cell's spool outlives a run: takes up what the last one left on the disk, in an older file, or in a ring, brings what is
/// accepted to the disk, and tells of it.
/// </summary>
internal sealed class SpoolKeeper(CellPlan plan, TelemetrySpool spool, SpoolOptions options, LinkSet links, string dataFolder, TimeProvider clock, ILogger logger)
{
    private readonly SpoolFile _file = new(Path.Combine(dataFolder, "spool.bin"));
    private static readonly TimeSpan LookEveryMax = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DamageEvery = TimeSpan.FromSeconds(1);

    /// <summary>It is over as soon as it is found: long enough for somebody who looks, and then the service is ready again.</summary>
    private static readonly TimeSpan DamageToldFor = TimeSpan.FromMinutes(10);

    private long _storedAt;
    private ulong _seenDamaged;
    private ulong _toldDamaged;
    private long _damagedAt;
    private long _troubledAt;
    private bool _restored;
    private bool _isOnDisk;
    private LogTrouble? _toldTrouble;
    private LogTrouble? _missing;

    /// <summary>Samples that could not be saved at the stop, because the data folder takes nothing.</summary>
    public long SamplesLost { get; private set; }

    /// <summary>Samples that rings had refused by the last commit of the run before this one.</summary>
    public long RefusedBefore { get; private set; }

    /// <summary>What the disk did not give back not long ago, in words; empty: it gave back all.</summary>
    public string Damage { get; private set; } = "";

    /// <summary>What is wrong with the disk just now, or that it could not be had at the start; null: nothing.</summary>
    public LogTrouble? Trouble => spool.Trouble ?? _missing;

    /// <summary>Once what an earlier run left is stored, its file is no longer needed. Called now and then.</summary>
    public void ForgetRestored()
    {
        if (_restored && spool.IsPastRestored)
        {
            _restored = false;
            _file.Forget();
        }
    }

    /// <summary>What the last run left: on the disk, or in the file of an earlier version, which is taken over once.</summary>
    public void Load(SamplerHost? sampler, LeftBlock? left)
    {
        var isTakenOver = sampler is { IsTakenOver: true };
        Action<int, long>? restore = isTakenOver ? null : links.Loop.RestoreLastSource;
        var kept = Open(restore) is { IsEmpty: false } opening ? TakeUp(opening, restore) : LoadFile(restore);
        if (isTakenOver)
        {
            logger.RingTakenOver(spool.TakeOver(links.Output, kept));
        }
        else if (left is not null)
        {
            TakeIn(left, sampler is null, kept);
        }

        spool.BeginAt(links.Output);
    }

    /// <summary>What is on the disk must not come a second time out of the block, nor the block's counters after those that go on from here.</summary>
    private void TakeIn(LeftBlock left, bool isInService, IReadOnlyList<long> kept)
    {
        var (taken, leftOut) = left.Empty(spool, links, plan, kept);
        logger.RingTakenIn(taken, leftOut);
        if (isInService && _isOnDisk && spool.NotOnDisk == 0)
        {
            SamplerBlock.Forget(dataFolder);
        }
    }

    private SpoolOpening? Open(Action<int, long>? restore)
    {
        var folder = Path.Combine(dataFolder, "spool");
        try
        {
            LayAside(folder);
            var opening = spool.Open(folder, clock, links.Loop.LastSource, restore);
            _isOnDisk = true;
            return opening;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _missing = new LogTrouble(
                LogTroubleKind.Failing,
                $"The spool's folder {folder} cannot be had ({cause.Message.TrimEnd('.')}); samples are kept in memory only, and a kill or a power cut would take those that no store has yet.",
                "Mend it and restart the service: a stop in order keeps them.");
            logger.SpoolDiskTrouble(_missing.Sentence, _missing.Remedy);
            return null;
        }
    }

    /// <summary>
    /// A file in use says that its taking over was cut off: what the folder has is half a copy of it. Or the folder could not be had when the
    /// file was read, and has samples of its own; nothing is deleted that may be the only one.
    /// </summary>
    private void LayAside(string folder)
    {
        if (!_file.IsInUse || !Directory.Exists(folder))
        {
            return;
        }

        var aside = string.Create(CultureInfo.InvariantCulture, $"{folder}.aside-{clock.GetUtcNow().ToUnixTimeMilliseconds()}");
        Directory.Move(folder, aside);
        logger.SpoolFileBad($"an earlier run was ended while it took over spool.bin, which is taken over now; what was on the disk lies aside in {aside}. \"ifedge buffer\" reads a folder that has it as \"spool\"");
    }

    private IReadOnlyList<long> TakeUp(SpoolOpening opening, Action<int, long>? restore)
    {
        RefusedBefore = opening.Refused;
        foreach (var word in opening.Words)
        {
            logger.SpoolFileBad(word);
        }

        if (opening.Orphans.Count > 0)
        {
            logger.SpoolOrphans(opening.Orphans.Values.Sum(), Named(opening.Orphans), Path.Combine(dataFolder, "spool"));
        }

        if (opening.Restored > 0)
        {
            logger.SpoolRestored(opening.Restored);
        }

        return _file.IsThere ? AddFile(opening.Kept, restore) : opening.Kept;
    }

    /// <summary>A run in between could not have the folder, or was of an earlier version: what it left comes behind what the disk holds.</summary>
    private long[] AddFile(IReadOnlyList<long> kept, Action<int, long>? restore)
    {
        var load = _file.Add(spool, restore);
        TellOf(load);
        spool.Store();
        if (load.Error is null && spool.NotOnDisk == 0)
        {
            _file.ForgetAdded();
        }

        return [.. kept.Zip(load.Kept, (one, other) => one + other)];
    }

    private void TellOf(SpoolLoad load)
    {
        if (load.Error is not null)
        {
            logger.SpoolFileBad(load.Error);
        }

        if (load.Orphans.Count > 0)
        {
            logger.SpoolOrphans(load.Orphans.Values.Sum(), Named(load.Orphans), Path.Combine(dataFolder, "spool.bin.orphans"));
        }

        if (load.Restored > 0)
        {
            logger.SpoolRestored(load.Restored);
        }
    }

    private static string Named(IReadOnlyDictionary<string, long> orphans) =>
        string.Join(", ", orphans.Take(5).Select(orphan => $"{orphan.Key} ({orphan.Value})"));

    private IReadOnlyList<long> LoadFile(Action<int, long>? restore)
    {
        var load = _file.Load(spool, restore);
        _restored = load.Restored > 0;
        TellOf(load);
        spool.Store();
        if (_isOnDisk && spool.NotOnDisk == 0)
        {
            _restored = false;
            _file.Forget();
        }

        return load.Kept;
    }

    /// <summary>Looked at more often than the interval of commits, for the size at which one is due before.</summary>
    public static TimeSpan LookEvery(SpoolOptions options) => options.CommitEvery < LookEveryMax ? options.CommitEvery : LookEveryMax;

    public void Store()
    {
        if (clock.GetElapsedTime(_storedAt) < options.CommitEvery - (LookEvery(options) / 2) && spool.NotOnDisk < options.SamplesPerCommit())
        {
            return;
        }

        _storedAt = clock.GetTimestamp();
        spool.Store();
        TellDamage();
        var trouble = spool.Trouble;
        if (trouble?.Kind == _toldTrouble?.Kind)
        {
            return;
        }

        if (trouble is null)
        {
            logger.SpoolDiskWell(Path.Combine(dataFolder, "spool"), (long)clock.GetElapsedTime(_troubledAt).TotalSeconds);
        }
        else
        {
            logger.SpoolDiskTrouble(trouble.Sentence, trouble.Remedy);
            _troubledAt = _toldTrouble is null ? clock.GetTimestamp() : _troubledAt;
        }

        _toldTrouble = trouble;
    }

    /// <summary>Damage comes to light batch by batch: it is told once it grows no more for a moment.</summary>
    private void TellDamage()
    {
        var damaged = spool.Damaged;
        if (damaged != _seenDamaged)
        {
            (_seenDamaged, _damagedAt) = (damaged, clock.GetTimestamp());
        }
        else if (damaged != _toldDamaged && clock.GetElapsedTime(_damagedAt) >= DamageEvery)
        {
            _toldDamaged = damaged;
            Damage = $"The spool's disk did not give back {damaged} samples that were written to it: files were damaged, cut or deleted since this start. Gap records tell the historians, and the ledger counts them as dropped; all others are sent. Look at the disk's health (dmesg, smartctl, mmc extcsd read), and let nobody touch the spool's files.";
            logger.SpoolFileBad(Damage.TrimEnd('.'));
        }
        else if (Damage.Length > 0 && clock.GetElapsedTime(_damagedAt) >= DamageToldFor)
        {
            Damage = "";
        }
    }

    public void Save()
    {
        var pending = spool.Pending;
        try
        {
            if (!_isOnDisk)
            {
                _file.Save(spool, links.Loop.LastSource);
            }
            else if (!spool.Close())
            {
                throw new IOException(spool.Trouble?.Sentence ?? "The disk does not keep up.");
            }

            if (pending > 0)
            {
                logger.SpoolSaved(pending);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            SamplesLost = spool.NotOnDisk;
            if (SamplesLost > 0)
            {
                logger.SpoolNotSaved(SamplesLost, dataFolder, cause.Message);
            }
            else
            {
                logger.SpoolEndNotSaved(dataFolder, cause.Message);
            }
        }
    }
}
