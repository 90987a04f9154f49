using IndustrieFutur.Edge.Core.Stages.Expressions;
using IndustrieFutur.Edge.Tests.Core.Stages;

namespace IndustrieFutur.Edge.Tests.Core.Expressions;

/// <summary>What is no expression is told with its column and what to write; what is one is bounded.</summary>
public sealed class ExpressionParserTests
{
    [Theory]
    [InlineData("d/x +", 6, "a value is expected and the end stands there")]
    [InlineData("d/x + d/q", 7, "no signal d/q")]
    [InlineData("d/x d/y", 5, "write an operator before it")]
    [InlineData("d/x = 1", 5, "to compare, write \"==\"")]
    [InlineData("d/x > 1 > 0", 9, "one comparison follows another")]
    [InlineData("1 < d/x < 3", 9, "such as \"low < x and x < high\"")]
    [InlineData("d/b + 1", 5, "what stands before \"+\" is true or false")]
    [InlineData("1 + (d/x > 2)", 3, "what stands behind \"+\" is true or false")]
    [InlineData("d/x and d/b", 5, "what stands before \"and\" is a number")]
    [InlineData("not d/x", 1, "what stands behind \"not\" is a number")]
    [InlineData("-d/b", 1, "what stands behind \"-\" is true or false")]
    [InlineData("d/b == 1", 5, "\"==\" compares a number with what is true or false")]
    [InlineData("if(d/x, 1, 2)", 1, "the condition of if(condition, then, else)")]
    [InlineData("if(d/b, 1, d/b)", 1, "if chooses between a number")]
    [InlineData("if(d/b, 1)", 10, "a comma is expected")]
    [InlineData("min(d/x)", 1, "write min(a, b)")]
    [InlineData("abs(d/x, 1)", 8, "a closing bracket is expected")]
    [InlineData("(d/x + 1", 9, "a closing bracket is expected and the end stands there")]
    [InlineData("speed > 3", 1, "\"speed\" is no value; a signal is written device/signal")]
    [InlineData("sin(d/x)", 1, "there is no function \"sin\"; there are if(c, a, b)")]
    [InlineData("d/t == 1", 1, "d/t is a text")]
    [InlineData("good(1)", 6, "write good(device/signal)")]
    [InlineData("bit(d/x, 1)", 5, "d/x is no whole number")]
    [InlineData("bit(d/n, 64)", 10, "by its number from 0 to 63")]
    [InlineData("hysteresis(d/x, 9, 3)", 1, "low lies above high")]
    [InlineData("1 + 2", 6, "names no signal")]
    [InlineData("d/x-1", 1, "put blanks around \"-\" and \"/\"")]
    [InlineData("d/x/2", 1, "put blanks around \"-\" and \"/\"")]
    [InlineData("d/x + 1.2.3", 7, "is no number")]
    [InlineData("d/x ? 1", 5, "means nothing here")]
    [InlineData("'d/x + 1", 1, "the quote is not closed")]
    [InlineData("'x' + 1", 1, "write 'device/signal'")]
    public void A_mistake_has_its_column_and_its_remedy(string text, int column, string remedy)
    {
        Assert.Null(Compile(text, out var mistake));

        Assert.Equal(column, mistake!.Column);
        Assert.Contains(remedy, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'d/x' > 3", true)]
    [InlineData("d/x*2", false)]
    [InlineData("2/d/x", false)]
    [InlineData("d/b && !d/b || d/b", true)]
    [InlineData("prev(d/b) != d/b", true)]
    [InlineData("if(d/b, d/x, prev(d/x))", false)]
    [InlineData("age(d/t) < 2 and good(d/t)", true)]
    [InlineData("bit(d/n, 7) or d/b", true)]
    public void An_expression_is_a_number_or_a_condition(string text, bool isBoolean)
    {
        Assert.Equal(isBoolean, Compile(text, out _)!.IsBoolean);
    }

    [Fact]
    public void The_depth_of_the_stack_is_known()
    {
        Assert.Equal(2, Compile("d/x + 1 + 2 + 3", out _)!.Depth);
        Assert.Equal(4, Compile("d/x + (1 + (2 + (3)))", out _)!.Depth);
        Assert.Equal(3, Compile("if(d/b, 1, min(2, 3, 4))", out _)!.Depth - 1);
    }

    [Fact]
    public void What_is_too_deep_or_too_long_is_refused_and_not_tried()
    {
        Assert.Null(Compile(new string('(', 1_000) + "d/x", out var deep));
        Assert.Contains("brackets within brackets", deep!.Message, StringComparison.Ordinal);
        Assert.Null(Compile(string.Concat(Enumerable.Repeat("-", 900)) + "d/x", out deep));
        Assert.Contains("brackets within brackets", deep!.Message, StringComparison.Ordinal);
        Assert.Null(Compile("d/x" + string.Concat(Enumerable.Repeat(" + 1", 200)), out var many));
        Assert.Contains("more than 256 steps", many!.Message, StringComparison.Ordinal);
        Assert.Null(Compile(new string(' ', 2_001), out var wide));
        Assert.Contains("longer than 2000 letters", wide!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_signal_is_told_where_it_stands_and_not_again()
    {
        Assert.Null(ExpressionParser.Compile("d/broken > 1 and d/b", name => name == "d/broken" ? ExpressionSignal.Broken : Resolve(name), out var mistake));
        Assert.Null(mistake);
    }

    [Fact]
    public void Damaged_expressions_are_told_and_never_crash()
    {
        const string Good = "if(d/x > 1.5e3 and not d/b, max(d/x, 'd/y', -3) % 2, hysteresis(d/n, 1, 2) == true)";
        var random = new Random(20261125);
        for (var i = 0; i < 20_000; i++)
        {
            var letters = Good.ToCharArray();
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                letters[random.Next(letters.Length)] = (char)random.Next(32, 127);
            }

            var program = Compile(new string(letters), out var mistake);
            Assert.True(program is null != mistake is null, new string(letters));
            Assert.True(mistake is null || mistake.Column is >= 1 and <= 200, new string(letters));
        }
    }

    private static StageProgram? Compile(string text, out ExpressionMistake? mistake) => ExpressionParser.Compile(text, Resolve, out mistake);

    private static ExpressionSignal Resolve(string name)
    {
        for (var i = 0; i < DerivedCell.Inputs.Count; i++)
        {
            if (DerivedCell.Inputs[i].Name == name)
            {
                return ExpressionSignal.Of(i, DerivedCell.Inputs[i].Kind);
            }
        }

        return ExpressionSignal.No($"there is no signal {name}");
    }
}
