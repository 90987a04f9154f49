namespace IndustrieFutur.Edge.App;

/// <summary>
/// A verb that cannot do what it was asked, with the sentence for the person (what happened, what to do) and the exit code for
/// the script. Thrown anywhere in a verb, printed by <see cref="CommandLine"/> alone.
/// </summary>
internal sealed class VerbFailedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;
}
