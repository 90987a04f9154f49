namespace IndustrieFutur.Edge.Control;

/// <summary>What is asked of the gate: select before operate (<c>reference/ux.md</c> (d)).</summary>
public enum RequestStep
{
    /// <summary>A command of level 1, at once.</summary>
    Submit = 0,

    /// <summary>All rules are asked, nothing is sent: the answer is a token, good for 10 s.</summary>
    Prepare = 1,

    /// <summary>What was prepared under a token, by the same user, with the same values: all rules are asked again.</summary>
    Execute = 2,
}
