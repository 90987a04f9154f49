using System.Globalization;

namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>
/// Cuts an expression into words. A signal is written device/signal, without blanks; because ids may hold '-' and '.', a minus or a
/// division right behind one needs a blank. In single quotes stands any id.
/// </summary>
internal sealed class ExpressionLexer(string text)
{
    private static readonly string[] Symbols = ["<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "%", "<", ">", "!", "(", ")", ","];

    private int _at;

    public Token Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        if (_at == text.Length)
        {
            return new Token(TokenKind.End, "", _at + 1);
        }

        var first = text[_at];
        return first switch
        {
            '\'' => Quoted(),
            '.' or (>= '0' and <= '9') => Number(),
            _ when first == '_' || char.IsAsciiLetter(first) => Name(),
            _ => Symbol(),
        };
    }

    private Token Quoted()
    {
        var (column, end) = (_at + 1, text.IndexOf('\'', _at + 1));
        if (end < 0)
        {
            _at = text.Length;
            return new Token(TokenKind.Wrong, "the quote is not closed; write it again behind the signal's name", column);
        }

        var name = text[(_at + 1)..end];
        _at = end + 1;
        return name.Contains('/', StringComparison.Ordinal)
            ? new Token(TokenKind.Signal, name, column)
            : new Token(TokenKind.Wrong, $"'{name}' is no signal; write 'device/signal'", column);
    }

    private Token Number()
    {
        var start = _at;
        Skip(static letter => char.IsAsciiDigit(letter) || letter == '.');
        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            _at += _at < text.Length && text[_at] is '+' or '-' ? 1 : 0;
            Skip(char.IsAsciiDigit);
        }

        var written = text[start.._at];
        return double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new Token(TokenKind.Number, written, start + 1, number)
            : new Token(TokenKind.Wrong, $"\"{written}\" is no number; write it such as 12.5 or 1e-3", start + 1);
    }

    private Token Name()
    {
        var start = _at;
        Skip(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' or '/');
        var name = text[start.._at];
        return new Token(name.Contains('/', StringComparison.Ordinal) ? TokenKind.Signal : TokenKind.Word, name, start + 1);
    }

    private Token Symbol()
    {
        var column = _at + 1;
        var rest = text.AsSpan(_at);
        foreach (var symbol in Symbols)
        {
            if (rest.StartsWith(symbol, StringComparison.Ordinal))
            {
                _at += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, column);
            }
        }

        var wrong = rest[0];
        _at = text.Length;
        var remedy = wrong switch
        {
            '=' => "to compare, write \"==\"",
            '"' => "a signal is written device/signal, or in single quotes",
            '&' => "write \"and\"",
            '|' => "write \"or\"",
            '^' => "for a square, write x * x",
            _ => "remove it",
        };
        return new Token(TokenKind.Wrong, $"\"{wrong}\" means nothing here; {remedy}", column);
    }

    private void Skip(Func<char, bool> belongs)
    {
        while (_at < text.Length && belongs(text[_at]))
        {
            _at++;
        }
    }
}
