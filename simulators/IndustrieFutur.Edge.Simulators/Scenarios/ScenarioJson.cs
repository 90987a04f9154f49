using System.Text;
using System.Text.Json;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>
/// Reads the JSON of a scenario into values that know where they stand, with comments and trailing commas. The configuration's own reader
/// belongs to the program that these simulators know nothing of.
/// </summary>
internal sealed class ScenarioJson
{
    /// <summary>The deepest key of a scenario stands 4 deep; a hostile file must not exhaust the stack.</summary>
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 };

    private readonly byte[] _utf8;
    private readonly ScenarioMistakes _mistakes;

    private ScenarioJson(byte[] utf8, ScenarioMistakes mistakes)
    {
        _utf8 = utf8;
        _mistakes = mistakes;
    }

    /// <summary>Null when it is no JSON; then one mistake says where it stops being JSON.</summary>
    public static ScenarioValue? Read(byte[] content, ScenarioMistakes mistakes)
    {
        var utf8 = content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        return new ScenarioJson(utf8, mistakes).Read();
    }

    private ScenarioValue? Read()
    {
        var reader = new Utf8JsonReader(_utf8, Lenient);
        try
        {
            reader.Read();
            var root = Value(ref reader);
            while (reader.Read())
            {
            }

            return root;
        }
        catch (JsonException cause)
        {
            var line = (int)(cause.LineNumber ?? 0);
            _mistakes.Add(new ScenarioPlace(line + 1, ColumnOf(line, (int)(cause.BytePositionInLine ?? 0))), "this is no JSON; look for a missing or surplus comma, quote or bracket here or just before");
            return null;
        }
        catch (InvalidOperationException)
        {
            // A text with bytes that are no UTF-8, or with half of a surrogate pair.
            _mistakes.Add(PlaceAt(reader.TokenStartIndex), "this text holds something that is no character; save the file as UTF-8");
            return null;
        }
    }

    private ScenarioValue Value(ref Utf8JsonReader reader)
    {
        var place = PlaceAt(reader.TokenStartIndex);
        var value = new ScenarioValue(reader.TokenType, place, reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => "",
        });
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadMembers(ref reader, value);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    value.Items.Add(Value(ref reader));
                }

                break;
            default:
                break;
        }

        return value;
    }

    private void ReadMembers(ref Utf8JsonReader reader, ScenarioValue value)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var place = PlaceAt(reader.TokenStartIndex);
            var key = reader.GetString()!;
            reader.Read();
            var member = Value(ref reader);
            if (value.Members.Exists(other => other.Key == key))
            {
                _mistakes.Add(place, $"\"{key}\" stands here twice; keep one");
                continue;
            }

            value.Members.Add((key, place, member));
        }
    }

    private ScenarioPlace PlaceAt(long offset)
    {
        var before = _utf8.AsSpan(0, (int)Math.Min(offset, _utf8.Length));
        var line = before.Count((byte)'\n');
        return new ScenarioPlace(line + 1, ColumnOf(line, before.Length - (before.LastIndexOf((byte)'\n') + 1)));
    }

    /// <summary>An editor counts characters, and the reader bytes.</summary>
    private int ColumnOf(int line, int bytes)
    {
        var start = 0;
        for (var i = 0; i < line; i++)
        {
            start += _utf8.AsSpan(start).IndexOf((byte)'\n') + 1;
        }

        return Encoding.UTF8.GetCharCount(_utf8, start, Math.Min(bytes, _utf8.Length - start)) + 1;
    }
}
