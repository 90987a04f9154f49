using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Northbound;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>The rules between parts that do not know each other: devices on one link, signals and the store that shall keep them.</summary>
internal static class CellRules
{
    /// <summary>VictoriaMetrics keeps milliseconds: samples closer than that fall on one point.</summary>
    private static readonly TimeSpan VictoriaGrain = TimeSpan.FromMilliseconds(1);

    /// <summary>What forbids to run.</summary>
    public static void Check(EdgeOptions options, IReadOnlyList<DriverKind> kinds, string baseDirectory, Mistakes mistakes)
    {
        CheckSignalIds(options, mistakes);
        CheckLinks(options, kinds, mistakes);
        CheckStreams(options, mistakes);
        CheckStoreFiles(options, baseDirectory, mistakes);
        var derived = new DerivedPlanner(options);
        new CommandPlanner(options, derived, derived.Plan(mistakes)).Plan(mistakes);
    }

    /// <summary>What runs and yet is most likely not what was meant.</summary>
    public static void Warn(EdgeOptions options, Mistakes warnings)
    {
        foreach (var (id, device) in options.Devices)
        {
            foreach (var entry in device.Entries())
            {
                WarnOfSignal(entry, warnings.Under(["devices", id, .. entry.Path]));
            }
        }

        foreach (var name in options.Historians.Where(pair => pair.Value.Store == StoreKind.Victoria).Select(pair => pair.Key))
        {
            WarnOfVictoria(name, options, warnings);
        }

        foreach (var (id, sink) in options.Sinks.Where(pair => pair.Value is { AllowInsecure: true, User: not null } && !pair.Value.IsPrivate))
        {
            warnings.Add($"the password of \"{sink.User}\" travels readable to {sink.Url}; whoever listens there has it, use TLS", "sinks", id, "allowInsecure");
        }

        foreach (var (id, sink) in options.SinksOf<MqttSinkOptions>().Where(pair => pair.Value.Confirm == Confirm.Stored))
        {
            foreach (var name in sink.Historians.Where(name => !options.Historians.ContainsKey(name)))
            {
                warnings.Add(
                    $"the historian \"{name}\" is not in this file: it must run elsewhere under that very name, or nothing ever leaves the spool",
                    "sinks", id, "historians");
            }
        }
    }

    /// <summary>Files of certificates that are not here: what was written may be meant for another machine.</summary>
    public static void WarnOfFiles(EdgeOptions options, string baseDirectory, Mistakes warnings)
    {
        var named = options.Sinks.SelectMany(pair => new (string?, string[])[]
        {
            (pair.Value.CaFile, ["sinks", pair.Key, "caFile"]),
            (pair.Value.CertificateFile, ["sinks", pair.Key, "certificateFile"]),
            (pair.Value.KeyFile, ["sinks", pair.Key, "keyFile"]),
        });
        foreach (var (file, key) in named.Append((options.Broker?.CertificateFile, ["broker", "certificateFile"])).Append((options.Broker?.KeyFile, ["broker", "keyFile"])))
        {
            if (file is not null && !File.Exists(Path.Combine(baseDirectory, file)))
            {
                warnings.Add($"the file {file} is not here; the service needs it where it runs", key);
            }
        }
    }

    /// <summary>Each embedded store is the only writer of its file, and of the marks in it.</summary>
    private static void CheckStoreFiles(EdgeOptions options, string baseDirectory, Mistakes mistakes)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, historian) in options.Historians.Where(pair => pair.Value.Store == StoreKind.Embedded))
        {
            var written = HistorianService.EmbeddedFile(name, historian, options.Data);
            var file = written.Contains('\0', StringComparison.Ordinal) ? written : Path.GetFullPath(written, baseDirectory);
            if (!owners.TryAdd(file, name))
            {
                mistakes.Add($"has the same file as the historian \"{owners[file]}\", {file}; two would spoil each other's samples, write another \"file\" or remove it", "historians", name, "file");
            }
        }
    }

    /// <summary>A historian whose word is awaited must take every device, or the spool of the others never empties.</summary>
    private static void CheckStreams(EdgeOptions options, Mistakes mistakes)
    {
        foreach (var (name, historian) in options.Historians.Where(pair => options.SinksOf<MqttSinkOptions>().Any(sink => sink.Value.Historians.Contains(pair.Key))))
        {
            var filter = new StreamFilter(historian.Streams);
            foreach (var device in options.Devices.Keys.Where(device => !filter.Takes(new StreamKey(options.Group, options.Edge, device))))
            {
                mistakes.Add(
                    $"does not take the device \"{device}\", and a sink awaits this historian: its samples would never leave the spool; add \"{options.Group}/{options.Edge}/{device}\", or remove \"streams\"",
                    "historians", name, "streams");
            }
        }
    }

    /// <summary>A signal's id is its name within the device, whatever group it is read with.</summary>
    private static void CheckSignalIds(EdgeOptions options, Mistakes mistakes)
    {
        foreach (var (id, device) in options.Devices)
        {
            var groups = new Dictionary<string, string>();
            foreach (var entry in device.Entries().Where(entry => !groups.TryAdd(entry.Id, entry.Group)))
            {
                var where = groups[entry.Id] == entry.Group ? "twice in this group" : $"in the group \"{groups[entry.Id]}\" too";
                mistakes.Add($"the signal \"{entry.Id}\" stands {where}; ids are unique within a device, rename one", ["devices", id, .. entry.Path]);
            }
        }
    }

    private static void CheckLinks(EdgeOptions options, IReadOnlyList<DriverKind> kinds, Mistakes mistakes)
    {
        var firsts = new Dictionary<string, (string Id, DeviceOptions Options)>();
        foreach (var (id, device) in options.Devices)
        {
            var kind = kinds.First(kind => kind.Options == device.GetType());
            if (kind.IsDerived)
            {
                continue;
            }

            var link = kind.LinkOf(id, device);
            if (firsts.TryAdd(link, (id, device)))
            {
                continue;
            }

            var first = firsts[link];
            var quarrel = first.Options.Driver == device.Driver
                ? kind.CheckLink(first.Options, device)
                : $"\"{first.Options.Driver}\" and \"{device.Driver}\" cannot share it; one link speaks one protocol";
            if (quarrel is not null)
            {
                mistakes.Add($"shares the link {link} with the device \"{first.Id}\": {quarrel}", "devices", id);
            }
        }
    }

    private static void WarnOfSignal(SignalEntry entry, Mistakes warnings)
    {
        if (entry.Options.StaleAfter < entry.Interval)
        {
            var (stale, interval) = (Durations.Format(entry.Options.StaleAfter.Value), Durations.Format(entry.Interval));
            warnings.Add($"goes stale after {stale} and is read every {interval}, so it is stale between two reads; three intervals are usual", "staleAfter");
        }

        if (entry.Options.RawKind == ValueKind.Text && (entry.Options.Scale != 1 || entry.Options.Offset != 0 || entry.Options.Range is not null))
        {
            warnings.Add("a text has no scale, offset or range; they do nothing here, remove them");
        }
    }

    private static void WarnOfVictoria(string historian, EdgeOptions options, Mistakes warnings)
    {
        foreach (var (id, device) in options.Devices)
        {
            foreach (var entry in device.Entries())
            {
                var path = (string[])["devices", id, .. entry.Path];
                if (entry.Options.RawKind == ValueKind.Text)
                {
                    warnings.Add($"the historian \"{historian}\" fills VictoriaMetrics, which keeps no text: this signal is not stored there", path);
                }

                if (entry.Interval > TimeSpan.Zero && entry.Interval < VictoriaGrain)
                {
                    warnings.Add($"the historian \"{historian}\" fills VictoriaMetrics, which keeps milliseconds: samples closer than 1ms fall together there", path);
                }
            }
        }
    }
}
