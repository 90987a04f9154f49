using System.CommandLine;
using System.CommandLine.Parsing;
using IndustrieFutur.Edge.App.Configuration.Binding;
using IndustrieFutur.Edge.App.Verbs;

namespace IndustrieFutur.Edge.App;

/// <summary>
/// The command line of <c>ifedge</c>: its verbs, and the one place that prints an error. Standard output carries data, standard
/// error carries progress and errors, so that a pipe gets only what it asked for.
/// </summary>
internal static class CommandLine
{
    /// <summary>After Ctrl-C a verb has this long to stop; the service itself stops in under a second and drains its spool to a file.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var result = Root().Parse(args);
            if (result.Errors.Count > 0)
            {
                return SayUsage(result, error);
            }

            var invocation = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopWithin,
            };
            return await result.InvokeAsync(invocation, CancellationToken.None);
        }
        catch (VerbFailedException failure)
        {
            await error.WriteLineAsync($"ifedge: {failure.Message}");
            return failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("ifedge: interrupted");
            return ExitCode.Interrupted;
        }
        catch (IOException broken) when (broken.HResult == BrokenPipe)
        {
            // "ifedge schema | head": the reader has seen enough.
            return ExitCode.Done;
        }
        catch (IOException full) when (full.HResult == DiskFull)
        {
            await error.WriteLineAsync($"ifedge: the output cannot be written: {full.Message}");
            return ExitCode.FoundProblems;
        }
        catch (Exception unexpected)
        {
            await error.WriteLineAsync($"ifedge: a mistake of the program, not yours; please report it with what follows.\n{unexpected}");
            return ExitCode.InternalError;
        }
    }

    /// <summary>EPIPE as .NET hands it on.</summary>
    private const int BrokenPipe = 32;

    /// <summary>ENOSPC as .NET hands it on.</summary>
    private const int DiskFull = 28;

    /// <summary>Every verb, in the order of the help. A new verb is a file in Verbs/ and one more line here.</summary>
    private static RootCommand Root() => new("IndustrieFutur.Edge: reads the machines of a robot cell and brings their values to a store. This is supervision, not a safety function.")
    {
        DemoVerb.Create(),
        RunVerb.Create(),
        CheckVerb.Create(),
        ProbeVerb.Create(),
        BrowseVerb.Create(),
        ReadVerb.Create(),
        WatchVerb.Create(),
        StatusVerb.Create(),
        CommandVerb.Create(),
        CommandsVerb.Create(),
        BufferVerb.Create(),
        LedgerVerb.Create(),
        AuditVerb.Create(),
        UserVerb.Create(),
        BenchVerb.Create(),
        DoctorVerb.Create(),
        CertVerb.Create(),
        HistorianVerb.Create(),
        BrokerVerb.Create(),
        SchemaVerb.Create(),
    };

    private static int SayUsage(ParseResult result, TextWriter error)
    {
        var command = result.CommandResult.Command;
        var isUnknownVerb = command is RootCommand && result.UnmatchedTokens.Count > 0;
        var mistakes = isUnknownVerb ? [UnknownVerb(command, result.UnmatchedTokens[0])] : result.Errors.Select(mistake => mistake.Message);
        foreach (var mistake in mistakes)
        {
            error.WriteLine($"ifedge: {mistake}");
        }

        error.WriteLine($"See: ifedge {PathOf(result.CommandResult)}--help");
        return ExitCode.Usage;
    }

    /// <summary>"cert trust " for a verb of a verb; nothing for the program itself.</summary>
    private static string PathOf(SymbolResult? result) => result is CommandResult { Command: not RootCommand } of ? $"{PathOf(of.Parent)}{of.Command.Name} " : "";

    private static string UnknownVerb(Command root, string written)
    {
        var nearest = NearestKey.Find(written, root.Subcommands.Select(verb => verb.Name));
        return $"there is no command \"{written}\"" + (nearest is null ? "" : $"; did you mean \"{nearest}\"?");
    }
}
