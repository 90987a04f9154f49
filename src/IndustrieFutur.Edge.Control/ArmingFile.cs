namespace IndustrieFutur.Edge.Control;

/// <summary>
/// Which sets of commands were rehearsed on the simulator, and which one is armed: small files in the data folder, 0600, written whole and put in place.
/// </summary>
public sealed class ArmingFile(string folder)
{
    /// <summary>Of the commands that are armed; 0: none.</summary>
    public ulong Armed => throw new NotSupportedException(folder);

    /// <summary>This set was rehearsed, every command of it.</summary>
    public bool IsRehearsed(ulong commandsHash) => throw new NotSupportedException($"{commandsHash}");

    public void Arm(ulong commandsHash, string who) => throw new NotSupportedException($"{commandsHash}{who}");

    /// <summary>Every command of this set was confirmed on the simulator.</summary>
    public void Rehearsed(ulong commandsHash, string who) => throw new NotSupportedException($"{commandsHash}{who}");
}
