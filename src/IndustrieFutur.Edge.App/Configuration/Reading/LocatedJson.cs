using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>
/// Reads one JSON text into a tree that knows the line and column of every key and value. Comments and trailing commas are
/// welcome, a key that comes twice is a mistake. System.Text.Json alone stops at the first error of a type and forgets where values stood.
/// </summary>
internal sealed class LocatedJson
{
    /// <summary>The deepest key of a configuration stands 8 deep; 64 keeps a hostile file from exhausting the stack.</summary>
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    private readonly byte[] _utf8;
    private readonly Func<long, Place> _placeAt;
    private readonly List<LocatedMistake> _mistakes;
    private readonly Stack<bool> _insideObject = new();
    private JsonTokenType _last = JsonTokenType.None;

    private LocatedJson(byte[] utf8, Func<long, Place> placeAt, List<LocatedMistake> mistakes)
    {
        _utf8 = utf8;
        _placeAt = placeAt;
        _mistakes = mistakes;
    }

    /// <summary>Reads the text of a file. Null when it is no JSON at all; then exactly one mistake says where it stops being JSON.</summary>
    public static LocatedNode? Read(byte[] content, string file, int order, List<LocatedMistake> mistakes)
    {
        var utf8 = content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        var lines = new LineIndex(utf8);
        return new LocatedJson(utf8, PlaceAt, mistakes).Read();

        Place PlaceAt(long offset)
        {
            var (line, column) = lines.At(offset);
            return new Place(file, order, line, column);
        }
    }

    /// <summary>Reads the text of an environment variable that holds an object or a list; everything in it stands at the variable.</summary>
    public static LocatedNode? Read(string text, Place place, List<LocatedMistake> mistakes) =>
        new LocatedJson(Encoding.UTF8.GetBytes(text), _ => place, mistakes).Read();

    private LocatedNode? Read()
    {
        if (!Utf8.IsValid(_utf8))
        {
            var at = FirstInvalidByte();
            _mistakes.Add(new LocatedMistake(_placeAt(at), "", $"the byte 0x{_utf8[at]:X2} is no UTF-8; save the file with the encoding UTF-8"));
            return null;
        }

        var reader = new Utf8JsonReader(_utf8, Lenient);
        try
        {
            Advance(ref reader);
            var root = Value(ref reader, "");
            while (reader.Read())
            {
            }

            return root;
        }
        catch (JsonException exception)
        {
            var at = AfterBlanks(OffsetOf(exception));
            _mistakes.Add(new LocatedMistake(_placeAt(at), "", InPlainWords(at)));
            return null;
        }
    }

    private void Advance(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException(null, null, 0, _utf8.Length);
        }

        _last = reader.TokenType;
    }

    private LocatedNode Value(ref Utf8JsonReader reader, string path)
    {
        var place = _placeAt(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ObjectValue(ref reader, place, path),
            JsonTokenType.StartArray => ListValue(ref reader, place, path),
            JsonTokenType.String => new LocatedNode(LocatedKind.Text, place, TextOf(ref reader, place, path)),
            JsonTokenType.Number => new LocatedNode(LocatedKind.Number, place, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => new LocatedNode(LocatedKind.True, place),
            JsonTokenType.False => new LocatedNode(LocatedKind.False, place),
            _ => new LocatedNode(LocatedKind.Null, place),
        };
    }

    private LocatedNode ObjectValue(ref Utf8JsonReader reader, Place place, string path)
    {
        var node = new LocatedNode(LocatedKind.Object, place);
        _insideObject.Push(true);
        for (Advance(ref reader); reader.TokenType != JsonTokenType.EndObject; Advance(ref reader))
        {
            var keyPlace = _placeAt(reader.TokenStartIndex);
            var key = TextOf(ref reader, keyPlace, path);
            var keyPath = ConfigurationPath.Join(path, key);
            Advance(ref reader);
            var value = Value(ref reader, keyPath);
            if (node.Find(key) is { } first)
            {
                _mistakes.Add(new LocatedMistake(keyPlace, keyPath, $"the key stands here twice, first at {first.Place}; keep one"));
                continue;
            }

            node.Set(new LocatedMember(key, keyPlace, value));
        }

        _insideObject.Pop();
        return node;
    }

    private LocatedNode ListValue(ref Utf8JsonReader reader, Place place, string path)
    {
        var node = new LocatedNode(LocatedKind.List, place);
        _insideObject.Push(false);
        for (Advance(ref reader); reader.TokenType != JsonTokenType.EndArray; Advance(ref reader))
        {
            node.Items.Add(Value(ref reader, ConfigurationPath.Join(path, node.Items.Count)));
        }

        _insideObject.Pop();
        return node;
    }

    private string TextOf(ref Utf8JsonReader reader, Place place, string path)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as \uD800: JSON's grammar allows it, no text has it.
            _mistakes.Add(new LocatedMistake(place, path, "holds half a character (a \\uD8.. without its \\uDC..); write the character itself"));
            return "";
        }
    }

    /// <summary>System.Text.Json counts lines from 0 and bytes within them.</summary>
    private long OffsetOf(JsonException exception)
    {
        var offset = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            var next = _utf8.AsSpan(offset).IndexOf((byte)'\n');
            offset = next < 0 ? _utf8.Length : offset + next + 1;
        }

        return Math.Min(offset + (exception.BytePositionInLine ?? 0), _utf8.Length);
    }

    private string InPlainWords(long offset)
    {
        var found = Found(offset);
        if (found.Length == 0)
        {
            return _last == JsonTokenType.None
                ? "it is empty; start from config/edge.json"
                : "invalid JSON: it ends too early; a \"}\", a \"]\" or a closing quote is missing";
        }

        if (_insideObject.Count >= Lenient.MaxDepth)
        {
            return "objects and lists stand more than 64 deep in one another; no configuration does";
        }

        return (found, _last) switch
        {
            ("'", _) => "invalid JSON: texts and keys stand in double quotes, \"like this\"",
            (_, JsonTokenType.None) => $"invalid JSON: a configuration begins with \"{{\", not with {found}",
            (_, JsonTokenType.PropertyName) => $"invalid JSON: a \":\" and a value are expected after the key, found {found}; texts stand in double quotes",
            (_, JsonTokenType.StartObject) => $"invalid JSON: a key in double quotes or \"}}\" is expected, found {found}",
            (_, JsonTokenType.StartArray) => $"invalid JSON: a value or \"]\" is expected, found {found}",
            _ when _insideObject.Count == 0 => $"invalid JSON: nothing may follow the last \"}}\", found {found}",
            _ when _insideObject.Peek() => $"invalid JSON: a \",\" and a key in double quotes, or \"}}\", is expected after the value before, found {found}",
            _ => $"invalid JSON: a \",\" and a value, or \"]\", is expected after the value before, found {found}",
        };
    }

    /// <summary>The character at the place, in quotes; empty at the end of the file.</summary>
    private string Found(long offset)
    {
        if (offset >= _utf8.Length)
        {
            return "";
        }

        Rune.DecodeFromUtf8(_utf8.AsSpan((int)offset), out var rune, out _);
        return rune.Value switch
        {
            '\'' => "'",
            < ' ' => $"the control character 0x{rune.Value:X2}",
            _ => $"'{rune}'",
        };
    }

    private long AfterBlanks(long offset)
    {
        var found = _utf8.AsSpan((int)offset).IndexOfAnyExcept(" \t\r\n"u8);
        return found < 0 ? _utf8.Length : offset + found;
    }

    private int FirstInvalidByte()
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(_utf8.AsSpan(at), out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
