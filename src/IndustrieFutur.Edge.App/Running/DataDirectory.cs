namespace IndustrieFutur.Edge.App.Running;

/// <summary>The folder where an edge keeps its files: its own, for one process at a time.</summary>
internal static class DataDirectory
{
    /// <summary>
    /// Makes the folder if need be (for this user alone) and holds it until the result is disposed. Throws
    /// <see cref="InvalidOperationException"/> with a sentence when it cannot be written or another process holds it.
    /// </summary>
    public static FileStream Own(string folder)
    {
        try
        {
            Make(folder);
            return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new InvalidOperationException($"The data folder {folder} cannot be written: {cause.Message} Give this user the right, or point \"data\" elsewhere.", cause);
        }
        catch (IOException cause)
        {
            throw new InvalidOperationException(
                $"The data folder {folder} cannot be had: {cause.Message} Another ifedge may be using it: stop that one, or give this one its own \"data\".", cause);
        }
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
