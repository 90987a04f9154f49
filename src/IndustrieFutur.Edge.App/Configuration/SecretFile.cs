namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>A file that holds a secret, as a <c>file:</c> reference names it.</summary>
internal static class SecretFile
{
    /// <summary>Null when it cannot be read; the reference then says so in a sentence.</summary>
    public static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
