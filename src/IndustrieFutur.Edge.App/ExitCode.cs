namespace IndustrieFutur.Edge.App;

/// <summary>What <c>ifedge</c> says to the script that called it.</summary>
internal static class ExitCode
{
    /// <summary>Done, nothing to report.</summary>
    public const int Done = 0;

    /// <summary>Ran, and found problems that a person should look at.</summary>
    public const int FoundProblems = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The configuration is wrong; nothing was opened.</summary>
    public const int ConfigurationInvalid = 3;

    /// <summary>A device, a broker or a store cannot be reached.</summary>
    public const int CannotConnect = 4;

    /// <summary>A certificate, a user or a password was refused.</summary>
    public const int Refused = 5;

    /// <summary>It did not end in the time it was given.</summary>
    public const int TimedOut = 6;

    /// <summary>A rule of ours refused it: a data folder has one owner.</summary>
    public const int RefusedByRule = 7;

    /// <summary>A mistake of ours.</summary>
    public const int InternalError = 70;

    /// <summary>Stopped by Ctrl-C (128 + SIGINT, as shells say it).</summary>
    public const int Interrupted = 130;
}
