using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>The values of an expression: numbers, signals, functions, and what stands in brackets.</summary>
public sealed partial class ExpressionParser
{
    private ExpressionType Value()
    {
        var word = _word;
        Advance();
        switch (word.Kind)
        {
            case TokenKind.Number:
                _program.Constant(word.Number);
                return ExpressionType.Number;
            case TokenKind.Signal:
                return Signal(word, StageOpCode.Load);
            case TokenKind.Word when word.Text is "true" or "false":
                _program.Constant(word.Text == "true" ? 1 : 0);
                return ExpressionType.Boolean;
            case TokenKind.Word:
                return Function(word);
            case TokenKind.Symbol when word.Text == "(":
                var type = Nested(Or);
                Close();
                return type;
            default:
                return Fail(word, $"a value is expected and {word.InWords} stands there; write a number, a signal (device/signal) or a function");
        }
    }

    private ExpressionType Function(Token name)
    {
        if (!_word.Is("("))
        {
            return Fail(name, $"\"{name.Text}\" is no value; a signal is written device/signal, a function with brackets: {ExpressionFunction.All}");
        }

        Advance();
        var type = Nested(() => Call(name));
        Close();
        return type;
    }

    private ExpressionType Call(Token name)
    {
        if (ExpressionFunction.OfNumbers.TryGetValue(name.Text, out var function))
        {
            return OfNumbers(name, function);
        }

        switch (name.Text)
        {
            case "if":
                return If(name);
            case "prev":
                var type = Or();
                _program.Take(StageOpCode.Previous, 1);
                return type;
            case "hysteresis":
                return Hysteresis(name);
            case "good":
                OfSignal(StageOpCode.Good, "good(device/signal)");
                return ExpressionType.Boolean;
            case "age":
                OfSignal(StageOpCode.Age, "age(device/signal)");
                return ExpressionType.Number;
            case "bit":
                return Bit();
            default:
                return Fail(name, $"there is no function \"{name.Text}\"; there are {ExpressionFunction.All}");
        }
    }

    private ExpressionType OfNumbers(Token name, ExpressionFunction function)
    {
        var given = 0;
        do
        {
            Expect(ExpressionType.Number, Or(), name, $"what stands in {function.Usage}");
            given++;
            if (given > 1)
            {
                _program.Take(function.Code, 2);
            }
        }
        while (given < function.Most && Skip(","));

        if (given < function.Least)
        {
            return Fail(name, $"{name.Text} takes more values; write {function.Usage}");
        }

        if (function.Least == 1)
        {
            _program.Take(function.Code, 1);
        }

        return ExpressionType.Number;
    }

    private ExpressionType If(Token name)
    {
        const string Usage = "if(condition, then, else)";
        Expect(ExpressionType.Boolean, Or(), name, $"the condition of {Usage}");
        Comma(name, Usage);
        var then = Or();
        Comma(name, Usage);
        var otherwise = Or();
        Same(then, otherwise, name, "if chooses between");
        _program.Take(StageOpCode.Choose, 3);
        return then == ExpressionType.Unknown ? otherwise : then;
    }

    private ExpressionType Hysteresis(Token name)
    {
        const string Usage = "hysteresis(x, low, high)";
        Expect(ExpressionType.Number, Or(), name, $"x in {Usage}");
        Comma(name, Usage);
        Expect(ExpressionType.Number, Or(), name, $"low in {Usage}");
        Comma(name, Usage);
        Expect(ExpressionType.Number, Or(), name, $"high in {Usage}");
        if (_program.ConstantBefore(1) > _program.ConstantBefore(0))
        {
            return Fail(name, $"low lies above high in {Usage}; exchange them");
        }

        _program.Take(StageOpCode.Hysteresis, 3);
        return ExpressionType.Boolean;
    }

    private void OfSignal(StageOpCode code, string usage)
    {
        var word = _word;
        Advance();
        if (word.Kind != TokenKind.Signal)
        {
            Fail(word, $"a signal is expected and {word.InWords} stands there; write {usage}");
            return;
        }

        Signal(word, code);
    }

    private ExpressionType Bit()
    {
        const string Usage = "bit(device/signal, 7)";
        var (signal, name) = (_word, _word);
        Advance();
        Comma(name, Usage);
        var number = _word;
        Advance();
        if (signal.Kind != TokenKind.Signal || number.Kind != TokenKind.Number || number.Number is < 0 or > 63 || number.Number != Math.Floor(number.Number))
        {
            return Fail(signal.Kind == TokenKind.Signal ? number : signal, $"a bit is that of a signal, by its number from 0 to 63; write {Usage}");
        }

        Signal(signal, StageOpCode.Bit, number.Number);
        return ExpressionType.Boolean;
    }

    private ExpressionType Signal(Token word, StageOpCode code, double number = 0)
    {
        var signal = _signals(word.Text);
        if (signal.Index < 0)
        {
            _isBroken = true;
            return signal.Mistake.Length == 0 ? ExpressionType.Unknown : Fail(word, signal.Mistake + Hint(word.Text));
        }

        if (code == StageOpCode.Load && signal.Kind == ValueKind.Text)
        {
            return Fail(word, $"{word.Text} is a text, and an expression has numbers and conditions only; good({word.Text}) and age({word.Text}) can be asked");
        }

        if (code == StageOpCode.Bit && signal.Kind is not (ValueKind.Int64 or ValueKind.UInt64))
        {
            return Fail(word, $"{word.Text} is no whole number and has no bits; {(signal.Kind == ValueKind.Boolean ? "write it alone" : "a \"scale\" makes a number of it that has none")}");
        }

        _program.Read(code, signal, number);
        return signal.Kind == ValueKind.Boolean ? ExpressionType.Boolean : ExpressionType.Number;
    }

    /// <summary>A minus or a division that was read as part of a name.</summary>
    private static string Hint(string name) =>
        name.IndexOf('/', StringComparison.Ordinal) != name.LastIndexOf('/') || name.Contains('-', StringComparison.Ordinal)
            ? " (to subtract or divide, put blanks around \"-\" and \"/\")"
            : "";

    private void Comma(Token name, string usage)
    {
        if (!Skip(","))
        {
            Fail(_mistake is null ? _word : name, $"a comma is expected and {_word.InWords} stands there; write {usage}");
        }
    }

    private void Close()
    {
        if (!Skip(")"))
        {
            Fail(_word, $"a closing bracket is expected and {_word.InWords} stands there; write \")\"");
        }
    }

    private bool Skip(string symbol)
    {
        if (!_word.Is(symbol))
        {
            return false;
        }

        Advance();
        return true;
    }
}
