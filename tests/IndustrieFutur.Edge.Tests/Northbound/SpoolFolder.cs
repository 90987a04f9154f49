using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A data folder with a spool that writes to it, for whoever reads beside it.</summary>
internal sealed class SpoolFolder : IDisposable
{
    private readonly HotMemory _memory = new(1 << 16);
    private readonly bool _isOurs;

    /// <param name="data">Where an earlier spool has written; null: a new folder, gone afterwards.</param>
    public SpoolFolder(string? data = null)
    {
        _isOurs = data is null;
        Data = data ?? Directory.CreateTempSubdirectory("spool-").FullName;
        Ledger = new LedgerCounters(_memory, 2);
        Spool = new TelemetrySpool(TestPlan.Make(), new SpoolOptions { SamplesPerDevice = 1_024, FreeMegabytes = 0 }, Confirm.Stored, ["h1"], Ledger);
        Spool.Open(Path.Combine(Data, "spool"), TimeProvider.System, _ => 0, (_, _) => { });
    }

    public string Data { get; }

    public LedgerCounters Ledger { get; }

    public TelemetrySpool Spool { get; }

    public LedgerEntry Entry => Ledger.Read(TestPlan.Number);

    public void Dispose()
    {
        Spool.Dispose();
        _memory.Dispose();
        if (_isOurs)
        {
            Directory.Delete(Data, recursive: true);
        }
    }
}
