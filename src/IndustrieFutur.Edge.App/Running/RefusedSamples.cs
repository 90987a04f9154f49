using System.Globalization;
using IndustrieFutur.Edge.Core.Ledger;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>
/// Samples that a full ring refused, or that died in one: they have no number, so no gap record speaks of them, and people are told instead.
/// For one thread that looks; anybody reads the problem.
/// </summary>
internal sealed class RefusedSamples(LedgerCounters ledger, Func<long> before, TimeProvider clock)
{
    /// <summary>A ring that goes on overflowing is told once in a while, with how many it were.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    /// <summary>It is over as soon as it is found: long enough for somebody who looks.</summary>
    private static readonly TimeSpan ToldFor = TimeSpan.FromMinutes(10);

    private long? _told;
    private long _toldAt;
    private volatile string _problem = "";

    /// <summary>What was refused not long ago, in words; empty: nothing.</summary>
    public string Problem => _problem;

    /// <summary>A sentence when there is news.</summary>
    public string? Look()
    {
        _told ??= before();
        var refused = Sum();
        var isRecent = _problem.Length > 0;
        if (refused > _told && (!isRecent || clock.GetElapsedTime(_toldAt) >= TellEvery))
        {
            _problem = string.Create(
                CultureInfo.InvariantCulture,
                $"{refused - _told} samples were refused: a ring was full, because the service was not there or did not keep up, or its process was killed. They are lost, and no gap record tells of them: they have no number. \"ifedge ledger show\" says of which signals; a larger \"sampling\": {{ \"ringSamples\": ... }} bridges longer.");
            (_told, _toldAt) = (refused, clock.GetTimestamp());
            return _problem;
        }

        if (isRecent && clock.GetElapsedTime(_toldAt) >= ToldFor)
        {
            _problem = "";
        }

        return null;
    }

    private long Sum()
    {
        var refused = 0L;
        for (var signal = 0; signal < ledger.Count; signal++)
        {
            refused += ledger.Read(signal).Refused;
        }

        return refused;
    }
}
