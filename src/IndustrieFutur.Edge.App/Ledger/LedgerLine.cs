using IndustrieFutur.Edge.Core.Ledger;

namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>One signal's line of the ledger.</summary>
internal sealed record LedgerLine(string Device, string Signal, LedgerEntry Entry)
{
    public string Name => $"{Device}/{Signal}";
}
