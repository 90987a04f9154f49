namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>The disk below the log, so that a test can let it fail on demand.</summary>
internal interface ILogDisk
{
    /// <summary>A new file with so much room taken beforehand; its name is on the disk when this returns.</summary>
    ILogFile Create(string path, long bytes);

    void Delete(string path);

    /// <summary>What is left for users that are not root.</summary>
    long FreeBytes(string folder);
}
