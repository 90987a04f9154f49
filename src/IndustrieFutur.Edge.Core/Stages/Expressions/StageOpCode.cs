namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>What one step of a compiled expression does to the stack.</summary>
internal enum StageOpCode : byte
{
    /// <summary>Pushes the op's number.</summary>
    Constant,

    /// <summary>Pushes the latest value of the signal that the operand names, with its quality.</summary>
    Load,

    /// <summary>Pushes one bit (the op's number) of that signal.</summary>
    Bit,

    /// <summary>Pushes whether that signal is Good.</summary>
    Good,

    /// <summary>Pushes the seconds since that signal's last sample.</summary>
    Age,

    Negate,
    Not,
    Abs,
    Round,
    Floor,
    Ceiling,
    SquareRoot,

    /// <summary>Exchanges the top with what it was at the evaluation before, kept in the slot that the operand names.</summary>
    Previous,

    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Min,
    Max,

    /// <summary>Condition, then, else: leaves one of the latter two.</summary>
    Choose,

    /// <summary>Value, low, high: on from high up, off from low down, between them as it was; kept in the slot that the operand names.</summary>
    Hysteresis,
}
