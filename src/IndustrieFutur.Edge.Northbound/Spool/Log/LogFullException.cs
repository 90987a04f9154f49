namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>There is no room for another segment, by the rules or by the disk.</summary>
internal sealed class LogFullException(LogTrouble trouble) : Exception(trouble.Sentence)
{
    public LogTrouble Trouble { get; } = trouble;
}
