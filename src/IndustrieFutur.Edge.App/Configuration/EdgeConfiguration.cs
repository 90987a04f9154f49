using System.Collections;
using IndustrieFutur.Edge.App.Configuration.Binding;
using IndustrieFutur.Edge.App.Configuration.Planning;
using IndustrieFutur.Edge.App.Configuration.Reading;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>A configuration that is in order: what was written, the plan it became, and where its relative paths start.</summary>
internal sealed record EdgeConfiguration
{
    /// <summary>The file as it was named on the command line.</summary>
    public required string File { get; init; }

    public required EdgeOptions Options { get; init; }

    public required CellPlan Plan { get; init; }

    /// <summary>The folder of the file, absolute: relative paths of the configuration start here.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Where the edge keeps its files, absolute.</summary>
    public string DataDirectory => PathOf(Options.Data);

    /// <summary>A path of the configuration, absolute.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, BaseDirectory);

    /// <summary>Reads, checks and plans a configuration, with the environment's overrides and the drivers of the catalog.</summary>
    public static ConfigurationReading Load(string file) => Load(file, DriverCatalog.All, Environment.GetEnvironmentVariables());

    public static ConfigurationReading Load(string file, IReadOnlyList<DriverKind> drivers, IDictionary environment)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        var mistakes = new List<LocatedMistake>();
        var warnings = new List<LocatedMistake>();
        var tree = new LocatedSources(mistakes).Read(file, environment);
        var absent = new List<LocatedMistake>();
        var configuration = tree is null ? null : Build(file, tree, drivers, mistakes, warnings, absent);
        return new ConfigurationReading
        {
            File = file,
            Configuration = mistakes.Count == 0 ? configuration : null,
            Mistakes = InFileOrder(mistakes),
            Warnings = InFileOrder(warnings),
            AbsentSecrets = InFileOrder(absent),
        };
    }

    private static EdgeConfiguration? Build(
        string file,
        LocatedNode tree,
        IReadOnlyList<DriverKind> drivers,
        List<LocatedMistake> mistakes,
        List<LocatedMistake> warnings,
        List<LocatedMistake> absent)
    {
        var binder = new OptionsBinder(new OptionModel(OptionVariants.Devices(drivers)), mistakes);
        var options = binder.Bind<EdgeOptions>(tree);
        var baseDirectory = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
        binder.Check(found => CellRules.Check(options, drivers, baseDirectory, found), mistakes);
        if (mistakes.Count > 0)
        {
            return null;
        }

        binder.Check(found => CellRules.Warn(options, found), warnings);
        binder.Check(found => CellRules.WarnOfFiles(options, baseDirectory, found), absent);
        absent.AddRange(binder.Secrets.Select(secret => secret.Absence(baseDirectory)).OfType<LocatedMistake>());
        return new EdgeConfiguration
        {
            File = file,
            Options = options,
            Plan = PlanBuilder.Build(options),
            BaseDirectory = baseDirectory,
        };
    }

    /// <summary>Stable, so that two mistakes of one place stay in the order they were found.</summary>
    private static IReadOnlyList<LocatedMistake> InFileOrder(IEnumerable<LocatedMistake> mistakes) =>
        [.. mistakes.OrderBy(mistake => mistake.Place)];
}
