using System.CommandLine;
using IndustrieFutur.Edge.App.Configuration;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>The configuration file that nearly every verb takes: named, or found in the usual places.</summary>
internal static class ConfigurationFile
{
    /// <summary>In a clone, in a folder of one's own, on a machine where the service is installed; the first that is there.</summary>
    private static readonly string[] UsualPlaces = ["config/edge.json", "edge.json", "/etc/ifedge/edge.json"];

    /// <summary>
    /// True when one would be found without being named. An empty one is none: "ifedge browse ... > edge.json" finds the file that the shell
    /// has just made for its own output.
    /// </summary>
    public static bool IsInUsualPlace => Array.Find(UsualPlaces, File.Exists) is { } found && new FileInfo(found).Length > 0;

    public static Argument<string?> Argument()
    {
        var file = new Argument<string?>("file")
        {
            Description = $"The configuration file; without it the first of {string.Join(", ", UsualPlaces)}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] and var option }])
            {
                result.AddError($"there is no option \"{option}\"; a file of that name is written ./{option}");
            }
        });
        return file;
    }

    /// <summary>Named with --config or without; two different names are a mistake that must not be guessed about.</summary>
    public static string? Named(ParseResult parsed, Option<string?> config, Argument<string?> file)
    {
        var (byOption, byPlace) = (parsed.GetValue(config), parsed.GetValue(file));
        return byOption is null || byPlace is null || byOption == byPlace
            ? byOption ?? byPlace
            : throw new VerbFailedException(ExitCode.Usage, $"two configurations are named, \"{byOption}\" and \"{byPlace}\"; name one");
    }

    /// <summary>The file to read; when none was named, standard error says which one it is.</summary>
    public static string Find(string? named, TextWriter error)
    {
        if (named is not null)
        {
            return named;
        }

        var found = Array.Find(UsualPlaces, File.Exists) ?? throw new VerbFailedException(
            ExitCode.ConfigurationInvalid,
            $"there is no configuration: none of {string.Join(", ", UsualPlaces)} is here; name the file, or start from config/edge.json of the project");
        error.WriteLine($"configuration: {found}");
        return found;
    }

    /// <summary>For verbs that need a configuration in order: it, or every mistake printed and exit code 3.</summary>
    public static EdgeConfiguration Load(string? named, TextWriter error)
    {
        var reading = EdgeConfiguration.Load(Find(named, error));
        ReadingReport.WriteLines(reading, error);
        return reading.Configuration ?? throw new VerbFailedException(
            ExitCode.ConfigurationInvalid,
            $"{reading.File} is not in order, so nothing was started; correct what is listed above and ask \"ifedge check\"");
    }
}
