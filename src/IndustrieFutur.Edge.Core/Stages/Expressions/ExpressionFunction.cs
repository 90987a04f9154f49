namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>A function that takes numbers and gives one.</summary>
/// <param name="Code">The step it becomes.</param>
/// <param name="Least">The fewest numbers it takes.</param>
/// <param name="Most">The most; a step for each further one.</param>
/// <param name="Usage">How it is written.</param>
internal sealed record ExpressionFunction(StageOpCode Code, int Least, int Most, string Usage)
{
    /// <summary>More values than that are a table, not a condition.</summary>
    private const int ValuesMax = 8;

    public static readonly IReadOnlyDictionary<string, ExpressionFunction> OfNumbers = new Dictionary<string, ExpressionFunction>
    {
        ["min"] = new(StageOpCode.Min, 2, ValuesMax, "min(a, b)"),
        ["max"] = new(StageOpCode.Max, 2, ValuesMax, "max(a, b)"),
        ["abs"] = new(StageOpCode.Abs, 1, 1, "abs(x)"),
        ["round"] = new(StageOpCode.Round, 1, 1, "round(x)"),
        ["floor"] = new(StageOpCode.Floor, 1, 1, "floor(x)"),
        ["ceil"] = new(StageOpCode.Ceiling, 1, 1, "ceil(x)"),
        ["sqrt"] = new(StageOpCode.SquareRoot, 1, 1, "sqrt(x)"),
    };

    /// <summary>Every function, as it is written.</summary>
    public const string All =
        "if(c, a, b), min(a, b), max(a, b), abs(x), round(x), floor(x), ceil(x), sqrt(x), prev(x), hysteresis(x, low, high), good(signal), age(signal), bit(signal, n)";
}
