namespace IndustrieFutur.Edge.Core.Configuration;

/// <summary>A secret by reference only, <c>env:NAME</c> or <c>file:path</c>: the configuration can be shown, copied and printed.</summary>
public sealed record SecretReference
{
    private const string Env = "env:";
    private const string File = "file:";

    private readonly string _reference;

    private SecretReference(string reference) => _reference = reference;

    /// <summary>Null with a sentence when the text is no reference (a password written in clear, most likely).</summary>
    public static SecretReference? Parse(string text, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var named = (text.StartsWith(Env, StringComparison.Ordinal) && text.Length > Env.Length)
            || (text.StartsWith(File, StringComparison.Ordinal) && text.Length > File.Length);
        error = named ? "" : "a secret is never written here; write \"env:NAME\" or \"file:path\" and put the secret there";
        return named ? new SecretReference(text) : null;
    }

    /// <summary>What a person can do for a running service when it is not there: nobody changes a process's environment from outside.</summary>
    public string Remedy => IsEnv ? "Set it, then start the service again." : "Put it there; it is looked for again at the next try.";

    private bool IsEnv => _reference.StartsWith(Env, StringComparison.Ordinal);

    /// <summary>The secret itself; null with a sentence when it is not there.</summary>
    public string? Resolve(Func<string, string?> readFile, out string error)
    {
        ArgumentNullException.ThrowIfNull(readFile);
        var name = _reference[(IsEnv ? Env.Length : File.Length)..];
        var value = IsEnv ? Environment.GetEnvironmentVariable(name) : readFile(name)?.TrimEnd('\r', '\n');
        error = !string.IsNullOrEmpty(value)
            ? ""
            : IsEnv ? $"the environment variable {name} is not set" : $"the file {name} cannot be read or is empty";
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>The reference, never the secret.</summary>
    public override string ToString() => _reference;
}
