using System.CommandLine;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge audit</c>: what was commanded by whom, how it ended, and whether that is all of it.</summary>
internal static class AuditVerb
{
    public static Command Create() => new("audit", "Look at the audit of commands, and check that nobody has changed it; beside a running service too.")
    {
        AuditShowVerb.Create(),
        AuditVerifyVerb.Create(),
    };

    public static Argument<string?> Place()
    {
        var place = ConfigurationFile.Argument();
        place.Description = "The configuration, or a data folder, or a copy of the audit's folder; without it the configuration in the usual places.";
        return place;
    }

    /// <summary>Reads the audit's folder with <paramref name="read"/>; what stands in the way becomes a sentence.</summary>
    public static T Read<T>(ParseResult parsed, Argument<string?> place, Func<string, T> read)
    {
        var named = parsed.GetValue(place);
        var data = Directory.Exists(named) ? named : ConfigurationFile.Load(named, parsed.InvocationConfiguration.Error).DataDirectory;
        var folder = IsAudit(data) ? data : Path.Combine(data, "audit");
        if (!IsAudit(folder))
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect, $"there is no audit in {data}; it is begun by the first \"ifedge run\" with commands in its configuration. Is this the data folder (\"data\" in the configuration)?");
        }

        try
        {
            return read(folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailedException(ExitCode.CannotConnect, $"the audit {folder} cannot be read ({cause.Message.TrimEnd('.')}); ask as the user that the service runs as");
        }
    }

    private static bool IsAudit(string folder)
    {
        try
        {
            return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "audit-*.jsonl").Any();
        }
        catch (UnauthorizedAccessException)
        {
            // It is there; reading it says the rest.
            return true;
        }
    }
}
