using System.CommandLine;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>Whose users an <c>ifedge user</c> verb means: those of a data folder, or of the one that a configuration names.</summary>
internal static class UserPlace
{
    public static Argument<string?> Argument()
    {
        var place = ConfigurationFile.Argument();
        place.Description = "The data folder, or the configuration that names it; without it the configuration in the usual places.";
        return place;
    }

    public static string File(ParseResult parsed, Argument<string?> place)
    {
        var named = parsed.GetValue(place);
        if (Directory.Exists(named))
        {
            return Path.Combine(named, new CommandsOptions().Users);
        }

        var configuration = ConfigurationFile.Load(named, parsed.InvocationConfiguration.Error);
        return Path.GetFullPath((configuration.Options.Commands ?? new CommandsOptions()).Users, configuration.DataDirectory);
    }

    public static Dictionary<string, UserEntry> Read(string file)
    {
        try
        {
            return new Dictionary<string, UserEntry>(UserFile.Read(file), StringComparer.Ordinal);
        }
        catch (InvalidDataException cause)
        {
            throw new VerbFailedException(ExitCode.FoundProblems, cause.Message);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailedException(ExitCode.FoundProblems, $"the users in {file} cannot be read ({cause.Message.TrimEnd('.')}); ask as the user that the service runs as");
        }
    }

    public static void Write(string file, Dictionary<string, UserEntry> users)
    {
        try
        {
            MakeFolder(Path.GetDirectoryName(file)!);
            UserFile.Write(file, users);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailedException(
                ExitCode.FoundProblems, $"the users in {file} cannot be written ({cause.Message.TrimEnd('.')}), so nothing was changed; ask as the user that the service runs as");
        }
    }

    public static UserEntry Find(Dictionary<string, UserEntry> users, string name, string file) => users.GetValueOrDefault(name)
        ?? throw new VerbFailedException(ExitCode.Refused, $"there is no user {name} in {file}; \"ifedge user list\" shows those there are");

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
