using System.Globalization;

namespace IndustrieFutur.Edge.Tests.Core.Expressions;

/// <summary>An expression drawn by chance, as text and as what C# makes of it: NaN stands for a value that is none.</summary>
/// <param name="Text">As an integrator would write it.</param>
/// <param name="Value">Its value for x, y and b; true is 1.</param>
internal sealed record RandomExpression(string Text, Func<double, double, double, double> Value)
{
    public static RandomExpression Number(Random random, int depth) => random.Next(depth <= 0 ? 3 : 11) switch
    {
        0 => new("d/x", static (x, _, _) => x),
        1 => new("d/y", static (_, y, _) => y),
        2 => Constant(random.Next(0, 9) / 2.0),
        3 => Two(Number(random, depth - 1), "+", Number(random, depth - 1), static (a, b) => a + b),
        4 => Two(Number(random, depth - 1), "-", Number(random, depth - 1), static (a, b) => a - b),
        5 => Two(Number(random, depth - 1), "*", Number(random, depth - 1), static (a, b) => a * b),
        6 => Two(Number(random, depth - 1), "/", Number(random, depth - 1), static (a, b) => b == 0 ? double.NaN : a / b),
        7 => Two(Number(random, depth - 1), "%", Number(random, depth - 1), static (a, b) => b == 0 ? double.NaN : a % b),
        8 => Call(random.Next(2) == 0 ? "min" : "max", Number(random, depth - 1), Number(random, depth - 1)),
        9 => One(random.Next(6), Number(random, depth - 1)),
        _ => Choice(Condition(random, depth - 1), Number(random, depth - 1), Number(random, depth - 1)),
    };

    public static RandomExpression Condition(Random random, int depth) => random.Next(depth <= 0 ? 1 : 5) switch
    {
        0 => new("d/b", static (_, _, b) => b),
        1 => Two(Condition(random, depth - 1), "and", Condition(random, depth - 1), static (a, b) => a * b),
        2 => Two(Condition(random, depth - 1), "or", Condition(random, depth - 1), static (a, b) => double.IsNaN(a + b) ? double.NaN : Math.Max(a, b)),
        3 => Negated(Condition(random, depth - 1)),
        _ => Comparison(random.Next(6), Number(random, depth - 1), Number(random, depth - 1)),
    };

    private static RandomExpression Constant(double number) => new(number.ToString(CultureInfo.InvariantCulture), (_, _, _) => number);

    private static RandomExpression Two(RandomExpression a, string word, RandomExpression b, Func<double, double, double> join) =>
        new($"({a.Text} {word} {b.Text})", (x, y, z) => Finite(join(a.Value(x, y, z), b.Value(x, y, z))));

    private static RandomExpression Call(string name, RandomExpression a, RandomExpression b) => new(
        $"{name}({a.Text}, {b.Text})", (x, y, z) => name == "min" ? Math.Min(a.Value(x, y, z), b.Value(x, y, z)) : Math.Max(a.Value(x, y, z), b.Value(x, y, z)));

    private static RandomExpression One(int which, RandomExpression a) => which switch
    {
        0 => new($"abs({a.Text})", (x, y, z) => Math.Abs(a.Value(x, y, z))),
        1 => new($"floor({a.Text})", (x, y, z) => Math.Floor(a.Value(x, y, z))),
        2 => new($"ceil({a.Text})", (x, y, z) => Math.Ceiling(a.Value(x, y, z))),
        3 => new($"sqrt({a.Text})", (x, y, z) => Math.Sqrt(a.Value(x, y, z))),
        4 => new($"round({a.Text})", (x, y, z) => Math.Round(a.Value(x, y, z), MidpointRounding.AwayFromZero)),
        _ => new($"-{a.Text}", (x, y, z) => -a.Value(x, y, z)),
    };

    private static RandomExpression Choice(RandomExpression c, RandomExpression a, RandomExpression b) => new(
        $"if({c.Text}, {a.Text}, {b.Text})",
        (x, y, z) => c.Value(x, y, z) is var condition && double.IsNaN(condition) ? double.NaN : condition != 0 ? a.Value(x, y, z) : b.Value(x, y, z));

    private static RandomExpression Negated(RandomExpression a) => new($"not {a.Text}", (x, y, z) => 1 - a.Value(x, y, z));

    private static RandomExpression Comparison(int which, RandomExpression a, RandomExpression b)
    {
        var word = new[] { "<", "<=", ">", ">=", "==", "!=" }[which];
        return Two(a, word, b, (left, right) => double.IsNaN(left + right) ? double.NaN : Holds(word, left, right) ? 1 : 0);
    }

    private static bool Holds(string word, double a, double b) => word switch
    {
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        "==" => a == b,
        _ => a != b,
    };

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
