using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;
using IndustrieFutur.Edge.Core.Sampling;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>
/// As much of a cell as a rehearsal needs: links, sampling and the gate. No sample leaves it, so nobody at the site's broker takes the simulated cell
/// for the real one.
/// </summary>
internal sealed class RehearsalCell : IDisposable
{
    private readonly SamplingThread _sampling;

    /// <param name="configuration">With a data folder that is the rehearsal's own.</param>
    /// <param name="clock">The wall clock.</param>
    public RehearsalCell(EdgeConfiguration configuration, TimeProvider clock)
    {
        var users = Path.GetFullPath(configuration.Options.Commands!.Users, configuration.DataDirectory);
        UserFile.Write(users, Rehearsers.Of(configuration.Plan));
        Links = new LinkSet(configuration, clock, NullLoggerFactory.Instance);
        Commands = new CellCommands(configuration, Links, new CommandTerms(IsSafeMode: false, IsSimulated: true), clock, NullLoggerFactory.Instance);
        _sampling = new SamplingThread(Links.Loop, Links.Gauges, configuration.Options.Sampling.ToPace(isIsolated: false));
    }

    public LinkSet Links { get; }

    public CellCommands Commands { get; }

    public CommandGate Gate => Commands.Gate ?? throw new VerbFailedException(ExitCode.FoundProblems, Commands.OffEn);

    /// <summary>What finds no room in the output is refused and counted, and the table of latest values goes on.</summary>
    public void Start()
    {
        Commands.Start();
        _sampling.Start();
        Links.Start();
    }

    public void Dispose()
    {
        Links.Stop();
        _sampling.Stop();
        Commands.Dispose();
        _sampling.Dispose();
        Links.Dispose();
    }
}
