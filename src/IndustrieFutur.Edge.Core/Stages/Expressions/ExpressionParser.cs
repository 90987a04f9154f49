namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>
/// Reads an expression and writes its program: or, and, not, comparison, sum, product, sign, from the loosest to the tightest. The
/// first mistake ends the reading and names its column.
/// </summary>
public sealed partial class ExpressionParser
{
    /// <summary>Brackets within brackets: as many as anybody can count, and the reader's own stack stays small.</summary>
    private const int NestingMax = 32;

    private const int LettersMax = 2_000;

    private static readonly Dictionary<string, StageOpCode> Comparisons = new()
    {
        ["<"] = StageOpCode.Less,
        ["<="] = StageOpCode.LessOrEqual,
        [">"] = StageOpCode.Greater,
        [">="] = StageOpCode.GreaterOrEqual,
        ["=="] = StageOpCode.Equal,
        ["!="] = StageOpCode.NotEqual,
    };

    private static readonly Dictionary<string, StageOpCode> Sums = new() { ["+"] = StageOpCode.Add, ["-"] = StageOpCode.Subtract };

    private static readonly Dictionary<string, StageOpCode> Products = new()
    {
        ["*"] = StageOpCode.Multiply,
        ["/"] = StageOpCode.Divide,
        ["%"] = StageOpCode.Remainder,
    };

    private readonly ProgramBuilder _program = new();
    private readonly ExpressionLexer _words;
    private readonly Func<string, ExpressionSignal> _signals;
    private Token _word;
    private int _nesting;
    private bool _isBroken;
    private ExpressionMistake? _mistake;

    private ExpressionParser(string text, Func<string, ExpressionSignal> signals)
    {
        _words = new ExpressionLexer(text);
        _signals = signals;
        Advance();
    }

    /// <summary>The program of an expression; null with a mistake.</summary>
    /// <param name="text">As the integrator wrote it.</param>
    /// <param name="signals">What a device/signal stands for.</param>
    /// <param name="mistake">What is wrong; null when nothing is, or when it is told where another signal stands.</param>
    public static StageProgram? Compile(string text, Func<string, ExpressionSignal> signals, out ExpressionMistake? mistake)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LettersMax)
        {
            mistake = new ExpressionMistake(LettersMax, $"the expression is longer than {LettersMax} letters; make derived signals of its parts");
            return null;
        }

        var parser = new ExpressionParser(text, signals);
        var type = parser.Whole();
        mistake = parser._mistake;
        return mistake is null && !parser._isBroken ? parser._program.Build(type == ExpressionType.Boolean) : null;
    }

    private ExpressionType Whole()
    {
        var type = Or();
        if (_word.Kind != TokenKind.End)
        {
            return Fail(_word, $"{_word.InWords} is not expected here; write an operator before it, or remove it{(_word.Kind == TokenKind.Signal ? "" : " (\"and\" and \"or\" join conditions)")}");
        }

        if (_program.IsTooLong)
        {
            return Fail(_word, $"the expression has more than {StageProgram.OpsMax} steps; make derived signals of its parts");
        }

        return _program.HasSignals || _isBroken ? type : Fail(_word, "the expression names no signal, so nothing ever changes it; write device/signal");
    }

    private ExpressionType Or()
    {
        var left = And();
        while (_word.Is("or") || _word.Is("||"))
        {
            left = Join(StageOpCode.Or, left, And);
        }

        return left;
    }

    private ExpressionType And()
    {
        var left = Not();
        while (_word.Is("and") || _word.Is("&&"))
        {
            left = Join(StageOpCode.And, left, Not);
        }

        return left;
    }

    private ExpressionType Join(StageOpCode code, ExpressionType left, Func<ExpressionType> next)
    {
        var joint = _word;
        Advance();
        Expect(ExpressionType.Boolean, left, joint, $"what stands before \"{joint.Text}\"");
        Expect(ExpressionType.Boolean, next(), joint, $"what stands behind \"{joint.Text}\"");
        _program.Take(code, 2);
        return ExpressionType.Boolean;
    }

    private ExpressionType Not()
    {
        if (!_word.Is("not"))
        {
            return Comparison();
        }

        var word = _word;
        Advance();
        var type = Nested(Not);
        Expect(ExpressionType.Boolean, type, word, "what stands behind \"not\"");
        _program.Take(StageOpCode.Not, 1);
        return ExpressionType.Boolean;
    }

    private ExpressionType Comparison()
    {
        var left = Chain(Sums, Product);
        if (_word.Kind != TokenKind.Symbol || !Comparisons.TryGetValue(_word.Text, out var code))
        {
            return left;
        }

        var word = _word;
        Advance();
        var right = Chain(Sums, Product);
        if (code is StageOpCode.Equal or StageOpCode.NotEqual)
        {
            Same(left, right, word, $"\"{word.Text}\" compares");
        }
        else
        {
            Expect(ExpressionType.Number, left, word, $"what stands before \"{word.Text}\"");
            Expect(ExpressionType.Number, right, word, $"what stands behind \"{word.Text}\"");
        }

        _program.Take(code, 2);
        return _word.Kind == TokenKind.Symbol && Comparisons.ContainsKey(_word.Text)
            ? Fail(_word, "one comparison follows another; join two, such as \"low < x and x < high\"")
            : ExpressionType.Boolean;
    }

    private ExpressionType Product() => Chain(Products, Sign);

    private ExpressionType Chain(Dictionary<string, StageOpCode> operators, Func<ExpressionType> next)
    {
        var left = next();
        while (_word.Kind == TokenKind.Symbol && operators.TryGetValue(_word.Text, out var code))
        {
            var word = _word;
            Advance();
            Expect(ExpressionType.Number, left, word, $"what stands before \"{word.Text}\"");
            Expect(ExpressionType.Number, next(), word, $"what stands behind \"{word.Text}\"");
            _program.Take(code, 2);
            left = ExpressionType.Number;
        }

        return left;
    }

    private ExpressionType Sign()
    {
        var (code, type) = _word.Is("-") ? (StageOpCode.Negate, ExpressionType.Number) : (StageOpCode.Not, ExpressionType.Boolean);
        if (!_word.Is("-") && !_word.Is("!"))
        {
            return Value();
        }

        var word = _word;
        Advance();
        Expect(type, Nested(Sign), word, $"what stands behind \"{word.Text}\"");
        _program.Take(code, 1);
        return type;
    }

    private ExpressionType Nested(Func<ExpressionType> read)
    {
        if (++_nesting > NestingMax)
        {
            return Fail(_word, $"more than {NestingMax} brackets within brackets; make derived signals of the parts");
        }

        var type = read();
        _nesting--;
        return type;
    }

    private void Expect(ExpressionType wanted, ExpressionType found, Token at, string what)
    {
        if (found != wanted && found != ExpressionType.Unknown)
        {
            Fail(at, wanted == ExpressionType.Boolean
                ? $"{what} is a number and must be true or false; compare it, such as x > 0"
                : $"{what} is true or false and must be a number; write if(x, 1, 0) to count with it");
        }
    }

    private void Same(ExpressionType left, ExpressionType right, Token at, string what)
    {
        if (left != right && left != ExpressionType.Unknown && right != ExpressionType.Unknown)
        {
            Fail(at, $"{what} a number with what is true or false; write numbers or conditions on both sides");
        }
    }

    private void Advance()
    {
        if (_mistake is not null)
        {
            return;
        }

        _word = _words.Next();
        if (_word.Kind == TokenKind.Wrong)
        {
            Fail(_word, _word.Text);
        }
    }

    /// <summary>Keeps the first mistake and comes to the end of the text, so that all reading ends.</summary>
    private ExpressionType Fail(Token at, string message)
    {
        _mistake ??= new ExpressionMistake(at.Column, message);
        _word = new Token(TokenKind.End, "", at.Column);
        return ExpressionType.Unknown;
    }
}
