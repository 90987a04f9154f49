namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>Which samples a stream gives up when what the spool keeps for it is full.</summary>
public enum DropPolicy
{
    /// <summary>The oldest make room: how things are now matters most.</summary>
    Oldest,

    /// <summary>What comes is refused: how it began matters most.</summary>
    Newest,
}
