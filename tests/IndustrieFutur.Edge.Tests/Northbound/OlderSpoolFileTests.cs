using System.Numerics;
using System.Text;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>What an older version saved at its stop is read by this one: nothing is lost by an update.</summary>
public sealed class OlderSpoolFileTests : IDisposable
{
    private const int CountersOfOld = 13;

    private readonly CellPlan _plan = TestPlan.Make();
    private readonly HotMemory _memory = new(1 << 16);
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("spool-").FullName, "spool.bin");

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 0)]
    public void A_file_is_read_whole_with_or_without_the_counter_of_unsent_samples(bool asOld, long unsent)
    {
        using (var before = NewSpool())
        {
            before.Ledger.Restore(TestPlan.Number, new LedgerEntry { Produced = 12, FilteredUnsent = 5, FilteredRange = 2, ClockFaults = 3, Spooled = 5, Stored = 5 });
            new SpoolFile(_path).Save(before, signal => 100 + signal);
        }

        if (asOld)
        {
            File.WriteAllBytes(_path, AsOld(File.ReadAllBytes(_path)));
        }

        using var after = NewSpool();
        var lastSources = new long[2];
        var load = new SpoolFile(_path).Load(after, (signal, source) => lastSources[signal] = source);

        Assert.Null(load.Error);
        Assert.Equal([100, 101], lastSources);
        var entry = after.Ledger.Read(TestPlan.Number);
        Assert.Equal((12, unsent, 2, 3, 5), (entry.Produced, entry.FilteredUnsent, entry.FilteredRange, entry.ClockFaults, entry.Stored));
    }

    private TelemetrySpool NewSpool() => new(_plan, new SpoolOptions(), Confirm.Stored, ["h1"], new LedgerCounters(_memory, 2));

    /// <summary>The same as the version before wrote it: another first word, and no counter of unsent samples behind the others.</summary>
    private byte[] AsOld(byte[] file)
    {
        var old = new List<byte>(Encoding.ASCII.GetBytes("IFS1"));
        var at = 4;
        Take(4);
        foreach (var signal in _plan.Signals)
        {
            Take(1 + signal.Device.Length + 1 + signal.Id.Length + 1 + 8 + (8 * CountersOfOld));
            at += 8;
        }

        Take(file.Length - 4 - at);
        var crc = uint.MaxValue;
        foreach (var part in old)
        {
            crc = BitOperations.Crc32C(crc, part);
        }

        return [.. old, .. BitConverter.GetBytes(crc)];

        void Take(int bytes)
        {
            old.AddRange(file.AsSpan(at, bytes));
            at += bytes;
        }
    }
}
