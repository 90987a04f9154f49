using System.CommandLine;
using IndustrieFutur.Edge.App.Bench;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge bench</c>: what a machine is good for, before it is bought or before it is blamed. Needs no configuration.</summary>
internal static class BenchVerb
{
    private const int SecondsMin = 5;
    private const int SecondsMax = 3_600;

    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        var config = VerbOptions.Config();
        var json = VerbOptions.Json();
        var data = new Option<string?>("--data") { Description = "The folder whose disk is tried and that keeps the result for \"ifedge status\"; without it the configuration's, or this folder." };
        var seconds = new Option<int>("--seconds") { Description = $"How long it measures, {SecondsMin} to {SecondsMax}; a minute is a first look, an hour is a proof.", DefaultValueFactory = _ => 60 };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var value) && value is < SecondsMin or > SecondsMax)
            {
                result.AddError($"--seconds {value} is out of range; write {SecondsMin} to {SecondsMax}");
            }
        });
        var command = new Command("bench", "Measure what this machine is good for: wake-up latency beside cyclictest, idle and loaded; ring, disk, privileges.")
        {
            file, config, data, seconds, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var (folder, isKept) = Folder(parsed.GetValue(data), ConfigurationFile.Named(parsed, config, file), error);
            Make(folder);
            var span = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            await error.WriteLineAsync($"{span.TotalSeconds:0} s ; Ctrl+C arrête/stops");
            var bench = await new BenchRun(span, folder, TimeProvider.System, error.WriteLine).MeasureAsync(cancellationToken);
            if (isKept)
            {
                Keep(folder, bench, error);
            }

            await output.WriteAsync(parsed.GetValue(json) ? BenchJson.Of(bench).ToJsonString() + "\n" : BenchText.Of(bench));
            return BenchVerdict.Best(bench) > 0 ? ExitCode.Done : ExitCode.FoundProblems;
        });
        return command;
    }

    /// <summary>Where the disk is tried, and whether the result is kept there: never in a folder that happens to be the current one.</summary>
    private static (string Folder, bool IsKept) Folder(string? data, string? named, TextWriter error)
    {
        if (data is not null)
        {
            return (Path.GetFullPath(data), true);
        }

        return named is not null || ConfigurationFile.IsInUsualPlace
            ? (ConfigurationFile.Load(named, error).DataDirectory, true)
            : (Environment.CurrentDirectory, false);
    }

    /// <summary>A cell that never ran has no data folder yet.</summary>
    private static void Make(string folder)
    {
        try
        {
            DataDirectory.Make(folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailedException(ExitCode.FoundProblems, $"the folder {folder} cannot be made: {cause.Message} Name another one with --data");
        }
    }

    private static void Keep(string folder, BenchResult bench, TextWriter error)
    {
        try
        {
            Calibration.Write(folder, BenchJson.Of(bench));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"The result cannot be kept in {folder}: {cause.Message} \"ifedge status\" will show no calibration; give this user the right, or name another folder with --data.");
        }
    }
}
