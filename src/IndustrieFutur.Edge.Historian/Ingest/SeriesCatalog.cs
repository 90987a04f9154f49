using System.Globalization;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>What the aliases of each stream mean, under the plans that were described so far.</summary>
internal sealed class SeriesCatalog
{
    /// <summary>A replay reaches back a plan or two; four leave room for an afternoon of changes.</summary>
    private const int PlansMax = 4;

    private readonly Dictionary<StreamKey, List<(ulong Hash, Dictionary<uint, Series> Aliases)>> _plans = [];
    private readonly Dictionary<(StreamKey, string, TelemetryKind), Series> _series = [];

    /// <summary>False with a reason when the description makes no sense.</summary>
    public bool TryAdd(StreamKey stream, MetaMessage meta, out string error)
    {
        if (!ulong.TryParse(meta.PlanHash, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash))
        {
            error = $"the plan hash \"{meta.PlanHash}\" is not hexadecimal.";
            return false;
        }

        var aliases = new Dictionary<uint, Series>();
        foreach (var signal in meta.Signals)
        {
            if (signal.Alias < 0 || !TryKind(signal.Type, out var kind))
            {
                error = $"the signal \"{signal.Signal}\" has the alias {signal.Alias} and the type \"{signal.Type}\".";
                return false;
            }

            aliases[(uint)signal.Alias] = Intern(stream, signal.Signal, kind, signal.Unit);
        }

        Keep(stream, hash, aliases);
        error = "";
        return true;
    }

    /// <summary>The aliases of a stream under one plan; null when they were not described yet.</summary>
    public IReadOnlyDictionary<uint, Series>? Find(StreamKey stream, ulong planHash)
    {
        if (_plans.TryGetValue(stream, out var plans))
        {
            foreach (var (hash, aliases) in plans)
            {
                if (hash == planHash)
                {
                    return aliases;
                }
            }
        }

        return null;
    }

    private void Keep(StreamKey stream, ulong hash, Dictionary<uint, Series> aliases)
    {
        if (!_plans.TryGetValue(stream, out var plans))
        {
            _plans[stream] = plans = [];
        }

        plans.RemoveAll(plan => plan.Hash == hash);
        plans.Add((hash, aliases));
        if (plans.Count > PlansMax)
        {
            plans.RemoveAt(0);
        }
    }

    private Series Intern(StreamKey stream, string signal, TelemetryKind kind, string unit)
    {
        if (!_series.TryGetValue((stream, signal, kind), out var series) || series.Unit != unit)
        {
            _series[(stream, signal, kind)] = series = new Series(stream, signal, kind, unit);
        }

        return series;
    }

    private static bool TryKind(string type, out TelemetryKind kind)
    {
        kind = type switch
        {
            "float64" => TelemetryKind.Float64,
            "int64" => TelemetryKind.Int64,
            "uint64" => TelemetryKind.UInt64,
            "boolean" => TelemetryKind.Boolean,
            "text" => TelemetryKind.Text,
            _ => (TelemetryKind)byte.MaxValue,
        };
        return kind <= TelemetryKind.Text;
    }
}
