using System.CommandLine;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>Whose spool an <c>ifedge buffer</c> verb means: a data folder, or the one that a configuration names.</summary>
internal static class BufferFolder
{
    public static Argument<string?> Argument()
    {
        var place = ConfigurationFile.Argument();
        place.Description = "The data folder, or the configuration that names it; without it the configuration in the usual places.";
        return place;
    }

    /// <summary>Reads it; a service may go on with it meanwhile.</summary>
    public static (string Folder, SpoolInspection Spool) Read(ParseResult parsed, Argument<string?> place)
    {
        var named = parsed.GetValue(place);
        var data = Directory.Exists(named) ? named : ConfigurationFile.Load(named, parsed.InvocationConfiguration.Error).DataDirectory;
        var folder = Path.Combine(data, "spool");
        try
        {
            return (folder, SpoolInspection.Read(folder));
        }
        catch (DirectoryNotFoundException)
        {
            throw new VerbFailedException(
                ExitCode.FoundProblems, $"there is no spool in {data}; it is made by the first \"ifedge run\". Is this the data folder (\"data\" in the configuration)?");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailedException(ExitCode.FoundProblems, $"the spool {folder} cannot be read ({cause.Message}); ask as the user that the service runs as");
        }
    }
}
