namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>Which step of a command is asked for: at once, or prepared first and then executed.</summary>
public enum RemoteStep
{
    Submit = 0,
    Prepare = 1,
    Execute = 2,
}
