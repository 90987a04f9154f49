using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Tests.Core.Stages;

namespace IndustrieFutur.Edge.Tests.Core.Expressions;

/// <summary>What expressions are worth: against C# for thousands drawn by chance, and one by one where memory and quality come in.</summary>
public sealed class ExpressionValueTests
{
    private static readonly double[] Numbers = [0, 1, -1, 0.5, -2.5, 3, 7.25, 1e200];

    [Fact]
    public void Any_expression_is_worth_what_Csharp_makes_of_it()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var expression = RandomExpression.Number(random, 4);
            if (!expression.Text.Contains("d/", StringComparison.Ordinal))
            {
                continue;
            }

            using var cell = new DerivedCell();
            var signal = cell.Expression(expression.Text);
            for (var step = 0; step < 5; step++)
            {
                var (x, y, b) = (Numbers[random.Next(Numbers.Length)], Numbers[random.Next(Numbers.Length)], random.Next(2));
                cell.Write(DerivedCell.X, x);
                cell.Write(DerivedCell.Y, y);
                cell.Write(DerivedCell.B, b);
                cell.Tick();
                var (expected, actual) = (expression.Value(x, y, b), cell.Latest(signal));
                var isSame = double.IsNaN(expected) ? actual.Status == StatusCode.BadOutOfRange : actual.Status == StatusCode.Good && actual.AsDouble == expected;
                Assert.True(isSame, $"seed {seed}: {expression.Text} with x {x}, y {y}, b {b} is {expected}, and {actual.AsDouble} ({StatusCode.Name(actual.Status)}) came");
            }
        }
    }

    [Theory]
    [InlineData("d/x + 2 * 3", 7)]
    [InlineData("(d/x + 2) * 3", 9)]
    [InlineData("d/x - 2 - 3", -4)]
    [InlineData("12 / 3 / 2 * d/x", 2)]
    [InlineData("-d/x + 1", 0)]
    [InlineData("d/x + --2", 3)]
    [InlineData("if(not d/x > 2 and true, 1, 0)", 1)]
    [InlineData("if(false and false or d/x == 1, 1, 0)", 1)]
    [InlineData("if(d/x == 1 or true and false, 1, 0)", 1)]
    [InlineData("if(!(d/x == 1) || 1e-3 < .5, 1, 0)", 1)]
    [InlineData("min(5, d/x, 3) + max(1, 2, d/x)", 3)]
    [InlineData("-7 % 4 * d/x", -3)]
    [InlineData("round(2.5 * d/x)", 3)]
    public void Operators_bind_as_everybody_expects(string text, double expected)
    {
        using var cell = new DerivedCell();
        var signal = cell.Expression(text);
        cell.Write(DerivedCell.X, 1);
        cell.Tick();

        Assert.Equal(expected, cell.Latest(signal).AsDouble);
    }

    [Fact]
    public void Bits_of_whole_numbers_are_conditions()
    {
        using var cell = new DerivedCell();
        var (two, three) = (cell.Expression("bit(d/n, 2)"), cell.Expression("bit(d/n, 3)"));
        cell.Write(DerivedCell.N, 0b0100);
        cell.Tick();

        Assert.Equal((1, 0), (cell.Latest(two).Bits, cell.Latest(three).Bits));
    }

    [Fact]
    public void Prev_is_the_value_of_the_evaluation_before()
    {
        using var cell = new DerivedCell();
        var (step, rise) = (cell.Expression("d/x - prev(d/x)"), cell.Expression("d/x > 2 and not prev(d/x > 2)"));
        var (steps, rises) = (new List<double>(), new List<long>());
        foreach (var x in new[] { 1.0, 3, 4, 2, 5 })
        {
            cell.Write(DerivedCell.X, x);
            cell.Tick();
            steps.Add(cell.Latest(step).AsDouble);
            rises.Add(cell.Latest(rise).Bits);
        }

        Assert.Equal([0, 2, 1, -2, 3], steps);
        Assert.Equal([0, 1, 0, 0, 1], rises);
    }

    [Fact]
    public void Hysteresis_keeps_between_low_and_high_what_it_was()
    {
        using var cell = new DerivedCell();
        var hot = cell.Expression("hysteresis(d/x, 70, 80)");
        var states = new List<long>();
        foreach (var x in new[] { 75.0, 80, 75, 70.5, 70, 75, 79, 81 })
        {
            cell.Write(DerivedCell.X, x);
            cell.Tick();
            states.Add(cell.Latest(hot).Bits);
        }

        Assert.Equal([0, 1, 1, 1, 0, 0, 0, 1], states);
    }

    [Fact]
    public void What_an_expression_remembers_outlives_the_loop()
    {
        using var cell = new DerivedCell();
        var hot = cell.Expression("hysteresis(d/x, 70, 80)");
        cell.Write(DerivedCell.X, 90);
        cell.Tick();
        cell.Hot.Restart();
        cell.Write(DerivedCell.X, 75);
        cell.Tick();

        Assert.Equal(1, cell.Latest(hot).Bits);
    }

    [Fact]
    public void If_takes_the_quality_of_what_it_chose()
    {
        using var cell = new DerivedCell();
        var either = cell.Expression("if(good(d/x), d/x, d/y)");
        cell.Write(DerivedCell.X, 1, StatusCode.BadDeviceFailure);
        cell.Write(DerivedCell.Y, 7);
        cell.Tick();
        Assert.Equal((7.0, StatusCode.Good), (cell.Latest(either).AsDouble, cell.Latest(either).Status));

        cell.Write(DerivedCell.X, 2);
        cell.Tick();
        Assert.Equal((2.0, StatusCode.Good), (cell.Latest(either).AsDouble, cell.Latest(either).Status));
    }

    [Fact]
    public void Of_a_text_its_age_and_whether_it_is_Good_can_be_asked()
    {
        using var cell = new DerivedCell();
        var fresh = cell.Expression("good(d/t) and age(d/t) < 5");
        cell.Hot.WriteText(DerivedCell.Text, "part 7");
        cell.Tick();

        Assert.Equal((1, StatusCode.Good), (cell.Latest(fresh).Bits, cell.Latest(fresh).Status));
    }
}
