using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Historian;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// What the store holds after all: of each register exactly the samples whose numbers no gap row speaks of, once each, with the value that the
/// machine gave; and the ledger says the same.
/// </summary>
internal sealed record DiskFaultsVerdict(long Produced, long Lost, long Damaged)
{
    private const byte SpoolFull = 1;
    private const byte DamagedCause = 6;

    /// <summary>Of a new numbering: what lies before its beginning was told under the one before. No word of a loss, and counted as none.</summary>
    private const byte NotOffered = 5;
    private const int Registers = DiskFaultsCell.Registers;

    public static DiskFaultsVerdict Judge(JsonObject ledger, string dataFolder, int starts)
    {
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>(), ledger["total"]!.ToJsonString());
        var total = ledger["total"]!;
        var spooled = total["produced"]!.GetValue<long>() - total["filtered"]!.GetValue<long>() - total["refused"]!.GetValue<long>();
        var (lost, byCause) = Gaps(dataFolder);
        var rows = Rows(dataFolder);
        var shifts = new Dictionary<long, long>();
        for (var register = 0; register < Registers; register++)
        {
            Judge(register, spooled, lost, rows[$"plc/r{register}"], shifts);
        }

        // A round without a value comes at the end of a run, and a read that was answered and never taken at most once a run.
        var steps = shifts.OrderBy(pair => pair.Key).Select(pair => pair.Value).Distinct().ToArray();
        Assert.True(steps.Length <= starts, $"values jump: {string.Join(' ', steps)}");
        Assert.True(total["dropped"]!.GetValue<long>() == lost.Count, $"gap rows {Words(byCause)}, the ledger {total.ToJsonString()}");
        Assert.Equal(byCause.GetValueOrDefault(SpoolFull), total["droppedBy"]!["spoolFull"]!.GetValue<long>());
        return new DiskFaultsVerdict(spooled, lost.Count, byCause.GetValueOrDefault(DamagedCause));
    }

    /// <summary>By time, the rows of a register are what is left of its numbers.</summary>
    private static void Judge(int register, long spooled, HashSet<ulong> lost, IReadOnlyList<StoredSample> rows, Dictionary<long, long> shifts)
    {
        var at = 0;
        for (var number = (ulong)register + 1; number <= (ulong)spooled; number += Registers)
        {
            if (lost.Contains(number))
            {
                continue;
            }

            Assert.True(at < rows.Count, $"r{register}: the store ends before number {number}, it has {rows.Count} rows; {lost.Count} numbers are in gap rows");
            var row = rows[at++];
            var round = (long)((number - 1) / Registers);
            if (row.Status >> 30 != 0)
            {
                continue;
            }

            var shift = (long)row.AsDouble - round;
            Assert.True(shifts.TryAdd(round, shift) || shifts[round] == shift, $"r{register}: number {number} has the value {row.AsDouble}, others of that round are {shifts[round]} off");
        }

        Assert.True(at == rows.Count, $"r{register}: {rows.Count} rows in the store, {at} are accounted for");
    }

    private static (HashSet<ulong> Lost, Dictionary<byte, long> ByCause) Gaps(string dataFolder)
    {
        var lost = new HashSet<ulong>();
        var byCause = new Dictionary<byte, long>();
        using var reader = EmbeddedReader.Open(Directory.GetFiles(dataFolder, "historian-*.db").Single());
        foreach (var gap in reader.Gaps().Where(gap => gap.Cause != NotOffered))
        {
            for (var number = gap.First; number <= gap.Last; number++)
            {
                // The same number under two numberings is one sample, told twice.
                if (lost.Add(number))
                {
                    byCause[gap.Cause] = byCause.GetValueOrDefault(gap.Cause) + 1;
                }
            }
        }

        return (lost, byCause);
    }

    private static Dictionary<string, IReadOnlyList<StoredSample>> Rows(string dataFolder)
    {
        var rows = new Dictionary<string, IReadOnlyList<StoredSample>>();
        StoredRows.Each(dataFolder, (signal, samples) => rows[signal] = samples);
        return rows;
    }

    private static string Words(Dictionary<byte, long> byCause) => string.Join(", ", byCause.Select(pair => $"{pair.Value} of cause {pair.Key}"));
}
