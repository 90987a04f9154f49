using System.Reflection;
using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>The table of who may use what (ARCHITECTURE.md, section 2), and the tree, held as code.</summary>
public sealed class ArchitectureTests
{
    /// <summary>What may lie at the top: folders, then the files that every .NET engineer expects there, then what tools leave.</summary>
    private static readonly string[] TopLevel =
    [
        "src", "tests", "simulators", "config", ".ci", ".git",
        "IndustrieFutur.Edge.sln", "README.md", "docker-compose.yml", "Dockerfile", "LICENSE",
        ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore", "global.json",
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        "data", ".vs", ".vscode", ".idea", "TestResults", "BenchmarkDotNet.Artifacts",
    ];

    private static readonly string[] SourceFiles = ["ARCHITECTURE.md", "STYLE.md", "BannedSymbols.txt", "BannedSymbols.Hot.txt"];

    /// <summary>The folders of Drivers that serve the service only; the others must do for the isolated sampler as they are.</summary>
    private static readonly string[] ServiceNamespaces =
        ["IndustrieFutur.Edge.Drivers", "IndustrieFutur.Edge.Drivers.Running", "IndustrieFutur.Edge.Drivers.OpcUa"];

    [Fact]
    public void Every_project_stands_in_the_table_and_keeps_to_it()
    {
        var mistakes = new List<string>();
        foreach (var project in ProjectFile.ReadAll())
        {
            var arrow = Arrow.Table.SingleOrDefault(row => row.Project == project.Name);
            if (arrow is null)
            {
                mistakes.Add($"{project.Name} is not in the table of projects");
                continue;
            }

            mistakes.AddRange(project.References.Except(arrow.Ours).Select(other => $"{project.Name} must not reference {other}"));
            mistakes.AddRange(
                project.Packages.Where(package => !arrow.AllowsPackage(package)).Select(package => $"{project.Name} must not use {package}"));
        }

        Guard.FindsNone(mistakes);
    }

    [Fact]
    public void The_projects_that_this_guard_reads_are_really_there()
    {
        var names = ProjectFile.ReadAll().Select(project => project.Name);

        Assert.Empty(new[] { "Core", "Protocols", "Drivers", "Northbound", "Historian", "App", "Simulators" }.Except(names));
    }

    [Fact]
    public void Core_uses_nothing_but_the_runtime()
    {
        var core = typeof(HotPathAttribute).Assembly;

        Assert.All(core.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_else_lies_at_the_top()
    {
        var entries = Directory.EnumerateFileSystemEntries(Repository.Root).Select(Path.GetFileName);

        Assert.Empty(entries.Except(TopLevel));
    }

    [Fact]
    public void Src_holds_projects_and_the_house_rules_only()
    {
        var folders = Directory.EnumerateDirectories(Repository.PathOf("src")).Select(Path.GetFileName);
        var files = Directory.EnumerateFiles(Repository.PathOf("src")).Select(Path.GetFileName);

        Assert.Empty(folders.Except(Arrow.Table.Where(row => row.Project != "Simulators").Select(row => "IndustrieFutur.Edge." + row.Project)));
        Assert.Empty(files.Except(SourceFiles));
    }

    [Fact]
    public void Synchronous_drivers_know_no_hosting_no_log_and_no_task()
    {
        var drivers = Assembly.Load("IndustrieFutur.Edge.Drivers").GetTypes()
            .Where(type => type.Namespace?.StartsWith("IndustrieFutur.Edge.Drivers", StringComparison.Ordinal) == true
                && !ServiceNamespaces.Contains(type.Namespace));

        Guard.FindsNone(drivers.SelectMany(SynchronousRules.OffencesOf));
    }

    [Theory]
    [InlineData(typeof(Offenders.ReturnsTask), "Task")]
    [InlineData(typeof(Offenders.Awaits), "AsyncVoidMethodBuilder")]
    [InlineData(typeof(Offenders.Logs), "Microsoft.Extensions.Logging")]
    [InlineData(typeof(Offenders.KeepsLogger), "Microsoft.Extensions.Logging")]
    public void A_driver_that_is_not_synchronous_is_caught(Type offender, string word)
    {
        var offences = SynchronousRules.OffencesOf(offender);

        Assert.Contains(offences, offence => offence.Contains(word, StringComparison.Ordinal));
    }
}
