using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Holds a store against what was sent and what was dropped, number by number: it has every sample that no gap speaks of, with its own value
/// and time, and no other.
/// </summary>
internal sealed class OutageJudge(JsonObject ledger, TelemetryWitness witness, string dataDirectory)
{
    private const int SamplesMax = 10_000_000;

    private readonly SequenceSet _gaps = new();

    /// <summary>Returns how many samples the store has and how many the gaps speak of; fails with what is not as it must be.</summary>
    public (long Stored, long Dropped) Judge()
    {
        var total = ledger["total"]!;
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>(), total.ToJsonString());
        Assert.Equal((0, 0), (total["refused"]!.GetValue<long>(), total["filtered"]!.GetValue<long>()));
        using var reader = EmbeddedReader.Open(Directory.GetFiles(dataDirectory, "historian-*.db").Single());
        ReadGaps(reader);
        var signals = reader.Signals();
        Assert.Equal(OutageSite.Signals, signals.Count);
        var stored = signals.Sum(signal => Judge(signal, reader.Read(signal, 0, long.MaxValue, SamplesMax)));
        var dropped = (long)_gaps.Count;
        Assert.Equal((stored, dropped), (total["stored"]!.GetValue<long>(), total["dropped"]!.GetValue<long>()));
        return (stored, dropped);
    }

    private void ReadGaps(EmbeddedReader reader)
    {
        foreach (var gap in reader.Gaps())
        {
            Assert.True(gap.Cause == (byte)Core.Ledger.DropCause.SpoolFull, $"{gap}");
            var range = new SequenceRange(gap.First, gap.Last);
            Assert.True(_gaps.Missing(range).Sum(part => (long)part.Count) == (long)range.Count, $"two gaps speak of the same numbers: {gap}");
            _gaps.Add(range);
        }
    }

    /// <summary>One signal has each hundredth number.</summary>
    private long Judge(StoredSignal signal, IReadOnlyList<StoredSample> rows)
    {
        var name = $"{signal.Device}/{signal.Signal}";
        var entry = ledger["signals"]![name]!;
        var produced = entry["produced"]!.GetValue<long>();
        var (row, dropped) = (0, 0L);
        for (var read = 0L; read < produced; read++)
        {
            var number = (ulong)((read * OutageSite.Signals) + long.Parse(signal.Signal[1..], CultureInfo.InvariantCulture) + 1);
            if (_gaps.Contains(number))
            {
                dropped++;
                continue;
            }

            Assert.True(row < rows.Count, $"{name}: {produced} produced, {rows.Count} in the store, {number} is not there and no gap speaks of it");
            Compare(name, number, rows[row++], read, read == produced - 1);
        }

        Assert.True(row == rows.Count, $"{name}: {rows.Count} in the store, {row} of them are of numbers that no gap speaks of");
        Assert.Equal((row, dropped, dropped), (entry["stored"]!.GetValue<long>(), entry["dropped"]!.GetValue<long>(), entry["droppedBy"]!["spoolFull"]!.GetValue<long>()));
        return row;
    }

    /// <summary>The last sample of each signal says that the machine is gone.</summary>
    private void Compare(string name, ulong number, in StoredSample row, long read, bool isLast)
    {
        var isRight = row.SourceUtcNanos == witness.TimeOf(number)
            && (isLast ? StoredSeries.IsBad(row) : StoredSeries.IsGood(row) && row.AsDouble == OutageMachine.ValueAt(read));
        Assert.True(isRight, string.Create(CultureInfo.InvariantCulture, $"{name}: {number} is {row} in the store, and was made at {witness.TimeOf(number)} with {OutageMachine.ValueAt(read)}"));
    }
}
