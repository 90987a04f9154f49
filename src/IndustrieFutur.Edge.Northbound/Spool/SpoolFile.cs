using System.Numerics;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// What a clean stop leaves behind: samples not yet stored, the ledger, and the last source time of every signal. Read back at the
/// next start; kept as <c>.used</c> until all of it is stored, so that a crash in between loses none of it.
/// </summary>
public sealed class SpoolFile(string path)
{
    private const uint Magic = 0x3353_4649; // "IFS3"
    private const uint MagicWithoutSinks = 0x3253_4649; // "IFS2", of before there could be several sinks
    private const uint MagicWithoutUnsent = 0x3153_4649; // "IFS1", of before samples could be kept unsent
    private const int CrcBytes = 4;

    private readonly string _used = path + ".used";

    /// <summary>A clean stop left it, and nobody has read it back.</summary>
    public bool IsThere => File.Exists(path);

    /// <summary>It was read back, and not everything in it is safe elsewhere yet.</summary>
    public bool IsInUse => File.Exists(_used) && !File.Exists(path);

    /// <summary>Writes the file, synced, in place of an older one; then the older one's remains go.</summary>
    public void Save(TelemetrySpool spool, Func<int, long> lastSource)
    {
        ArgumentNullException.ThrowIfNull(spool);
        ArgumentNullException.ThrowIfNull(lastSource);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var unfinished = path + ".tmp";
        try
        {
            WriteSynced(unfinished, spool, lastSource);
        }
        catch (IOException)
        {
            File.Delete(unfinished);
            throw;
        }

        File.Move(unfinished, path, overwrite: true);
        File.Delete(_used);
    }

    private static void WriteSynced(string unfinished, TelemetrySpool spool, Func<int, long> lastSource)
    {
        using (var file = new FileStream(unfinished, Private()))
        {
            using var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true);
            Write(writer, spool, lastSource);
            writer.Flush();
            file.Position = 0;
            var crc = Crc(file, file.Length);
            writer.Write(crc);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>
    /// Takes an earlier run's samples back into an empty spool. Numbering goes on after a clean stop; after a crash it starts anew.
    /// </summary>
    /// <param name="spool">The spool to fill; of the plan that is to run now.</param>
    /// <param name="restoreLastSource">Told the last source time of each signal; null when loop and ledger have gone on since and know better.</param>
    public SpoolLoad Load(TelemetrySpool spool, Action<int, long>? restoreLastSource)
    {
        ArgumentNullException.ThrowIfNull(spool);
        var clean = File.Exists(path);
        var source = clean ? path : _used;
        if (!File.Exists(source))
        {
            return new SpoolLoad(0, new Dictionary<string, long>(), new long[spool.Plan.Signals.Count], null);
        }

        try
        {
            var orphans = new Dictionary<string, long>();
            var kept = new long[spool.Plan.Signals.Count];
            long restored;
            using (var file = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16))
            {
                Verify(file);
                using var reader = new BinaryReader(file);
                restored = Read(reader, spool, restoreLastSource, clean, orphans, kept);
            }

            if (orphans.Count > 0)
            {
                File.Copy(source, path + ".orphans", overwrite: true);
            }

            if (clean)
            {
                File.Move(path, _used, overwrite: true);
            }

            return new SpoolLoad(restored, orphans, kept, null);
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            var aside = source + ".bad";
            File.Move(source, aside, overwrite: true);
            return new SpoolLoad(
                0,
                new Dictionary<string, long>(),
                new long[spool.Plan.Signals.Count],
                $"the samples saved at the last stop cannot be read ({cause.Message}); they are kept aside as {aside} and the service starts with a new numbering");
        }
    }

    /// <summary>Everything that was read back is stored: the file has done its work.</summary>
    public void Forget() => File.Delete(_used);

    /// <summary>A new file that only this user may read.</summary>
    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static void Write(BinaryWriter writer, TelemetrySpool spool, Func<int, long> lastSource)
    {
        writer.Write(Magic);
        writer.Write(spool.Plan.Signals.Count);
        foreach (var signal in spool.Plan.Signals)
        {
            writer.Write(signal.Device);
            writer.Write(signal.Id);
            writer.Write((byte)signal.Kind);
            writer.Write(lastSource(signal.Index));
            WriteEntry(writer, spool.Ledger.Read(signal.Index));
        }

        writer.Write(spool.Streams.Count);
        foreach (var stream in spool.Streams)
        {
            stream.Save(writer);
        }
    }

    private static long Read(
        BinaryReader reader, TelemetrySpool spool, Action<int, long>? restoreLastSource, bool keepNumbering, Dictionary<string, long> orphans, long[] kept)
    {
        var magic = reader.ReadUInt32();
        if (magic is not (Magic or MagicWithoutSinks or MagicWithoutUnsent))
        {
            throw new InvalidDataException("it is no spool file of this version");
        }

        var signals = ReadSignals(reader, magic != MagicWithoutUnsent, spool, restoreLastSource);
        var restored = 0L;
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            restored += ReadStream(reader, spool, signals, keepNumbering, orphans, kept, out var stream);
            ReadConfirmed(reader, magic == Magic, keepNumbering ? stream : null);
        }

        return restored;
    }

    /// <summary>Each signal of the file with its index in today's plan, or -1, whether it is text, and its full name.</summary>
    private static (int Index, bool IsText, string Name)[] ReadSignals(
        BinaryReader reader, bool hasUnsent, TelemetrySpool spool, Action<int, long>? restoreLastSource)
    {
        var byName = spool.Plan.Signals.ToDictionary(signal => (signal.Device, signal.Id, signal.Kind));
        var signals = new (int Index, bool IsText, string Name)[reader.ReadInt32()];
        for (var i = 0; i < signals.Length; i++)
        {
            var name = (reader.ReadString(), reader.ReadString(), (ValueKind)reader.ReadByte());
            var lastSource = reader.ReadInt64();
            var entry = ReadEntry(reader, hasUnsent);
            signals[i] = (-1, name.Item3 == ValueKind.Text, $"{name.Item1}.{name.Item2}");
            if (byName.TryGetValue(name, out var signal))
            {
                signals[i].Index = signal.Index;
                if (restoreLastSource is not null)
                {
                    spool.Ledger.Restore(signal.Index, entry);
                    spool.Ledger.LoseRings(signal.Index);
                    restoreLastSource(signal.Index, lastSource);
                }
            }
        }

        return signals;
    }

    private static long ReadStream(
        BinaryReader reader,
        TelemetrySpool spool,
        (int Index, bool IsText, string Name)[] signals,
        bool keepNumbering,
        Dictionary<string, long> orphans,
        long[] kept,
        out StreamSpool? stream)
    {
        stream = spool.Find(reader.ReadString());
        var epoch = reader.ReadUInt64();
        var oldest = reader.ReadUInt64();
        var next = reader.ReadUInt64();
        if (stream is not null && keepNumbering)
        {
            stream.Restore(epoch, oldest);
        }

        var text = new byte[ushort.MaxValue];
        var restored = 0L;
        for (var number = oldest; number < next; number++)
        {
            var written = reader.ReadInt32();
            var (signal, isText, name) = written < 0 ? (-1, false, "") : signals[written];
            var status = reader.ReadUInt32();
            var bits = reader.ReadInt64();
            var source = reader.ReadInt64();
            var length = isText && !StatusCode.IsBad(status) ? reader.ReadUInt16() : 0;
            reader.BaseStream.ReadExactly(text, 0, length);

            if (signal < 0 && name.Length > 0)
            {
                orphans[name] = orphans.GetValueOrDefault(name) + 1;
            }
            else
            {
                restored++;
            }

            if (signal >= 0 && stream is not null)
            {
                kept[signal]++;
            }

            // A signal that the plan no longer has leaves its number behind, as a gap.
            stream?.RestoreSample(new Sample(signal, status, bits, source, 0), text.AsSpan(0, length));
        }

        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (from, to, cause) = (reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadByte());
            if (keepNumbering)
            {
                stream?.RestoreGap(from, to, cause);
            }
        }

        return restored;
    }

    /// <summary>How far each sink was confirmed.</summary>
    private static void ReadConfirmed(BinaryReader reader, bool isThere, StreamSpool? stream)
    {
        for (var left = isThere ? reader.ReadInt32() : 0; left > 0; left--)
        {
            var (sink, upTo) = (reader.ReadString(), reader.ReadUInt64());
            stream?.RestoreConfirmed(sink, upTo);
        }
    }

    private static void WriteEntry(BinaryWriter writer, in LedgerEntry entry)
    {
        writer.Write(entry.Produced);
        writer.Write(entry.FilteredDuplicate);
        writer.Write(entry.FilteredRange);
        writer.Write(entry.FilteredDeadband);
        writer.Write(entry.RefusedAtInput);
        writer.Write(entry.RefusedAtOutput);
        writer.Write(entry.Spooled);
        writer.Write(entry.Stored);
        writer.Write(entry.DroppedSpoolFull);
        writer.Write(entry.DroppedByStore);
        writer.Write(entry.DroppedOther);
        writer.Write(entry.TimesMoved);
        writer.Write(entry.ClockFaults);
        writer.Write(entry.FilteredUnsent);
    }

    private static LedgerEntry ReadEntry(BinaryReader reader, bool hasUnsent) => new()
    {
        Produced = reader.ReadInt64(),
        FilteredDuplicate = reader.ReadInt64(),
        FilteredRange = reader.ReadInt64(),
        FilteredDeadband = reader.ReadInt64(),
        RefusedAtInput = reader.ReadInt64(),
        RefusedAtOutput = reader.ReadInt64(),
        Spooled = reader.ReadInt64(),
        Stored = reader.ReadInt64(),
        DroppedSpoolFull = reader.ReadInt64(),
        DroppedByStore = reader.ReadInt64(),
        DroppedOther = reader.ReadInt64(),
        TimesMoved = reader.ReadInt64(),
        ClockFaults = reader.ReadInt64(),
        FilteredUnsent = hasUnsent ? reader.ReadInt64() : 0,
    };

    private static void Verify(FileStream file)
    {
        if (file.Length <= CrcBytes)
        {
            throw new InvalidDataException("it is cut off");
        }

        var crc = Crc(file, file.Length - CrcBytes);
        Span<byte> written = stackalloc byte[CrcBytes];
        file.ReadExactly(written);
        if (BitConverter.ToUInt32(written) != crc)
        {
            throw new InvalidDataException("its checksum does not hold");
        }

        file.Position = 0;
    }

    private static uint Crc(FileStream file, long length)
    {
        var buffer = new byte[1 << 16];
        var crc = uint.MaxValue;
        while (length > 0)
        {
            var part = (int)Math.Min(length, buffer.Length);
            file.ReadExactly(buffer, 0, part);
            for (var i = 0; i < part; i++)
            {
                crc = BitOperations.Crc32C(crc, buffer[i]);
            }

            length -= part;
        }

        return crc;
    }
}
