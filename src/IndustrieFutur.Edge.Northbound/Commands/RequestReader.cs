using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>Reads the JSON of a request. It knows eight keys and one level below "values"; whatever else there is refuses the whole.</summary>
internal static partial class RequestReader
{
    /// <summary>A command has at most four values and a reason of 200 letters: 4 KB hold every request that means well, with room to spare.</summary>
    public const int BytesMax = 4 * 1024;

    /// <summary>An order carries four.</summary>
    private const int ValuesMax = 4;

    /// <summary>Words and numbers that anybody could mean are shorter.</summary>
    private const int WordMax = 64;

    private const int ReasonMax = 200;

    /// <summary>Reads into <paramref name="request"/>; throws <see cref="BadRequestException"/>, with what was read before kept.</summary>
    public static void Read(ReadOnlySpan<byte> json, RequestBody request)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 2 });
            ReadObject(ref reader, request);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // The second is what the reader says of letters that are no UTF-8.
            throw new BadRequestException(
                "Le corps n'est pas le JSON attendu : un objet, sans autre imbrication que \"values\", en UTF-8.",
                "The body is not the JSON that is expected: one object, nothing nested but \"values\", in UTF-8.");
        }

        Require(request.Command.Length > 0, "command");
        Require(request.Id.Length > 0, "id");
    }

    private static void ReadObject(ref Utf8JsonReader reader, RequestBody request)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var seen = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            if (!seen.Add(key))
            {
                throw new BadRequestException($"La clé \"{Shown(key)}\" est donnée deux fois.", $"The key \"{Shown(key)}\" is given twice.");
            }

            reader.Read();
            ReadMember(ref reader, key, request);
        }

        // What follows the object is looked at too: the reader throws.
        while (reader.Read())
        {
        }
    }

    private static void ReadMember(ref Utf8JsonReader reader, string key, RequestBody request)
    {
        switch (key)
        {
            case "command":
                request.Command = Id(ref reader, key);
                break;
            case "id":
                request.Id = Id(ref reader, key);
                break;
            case "values":
                ReadValues(ref reader, request.Values);
                break;
            case "expires":
                request.Expires = Millis(ref reader);
                break;
            case "step":
                request.Step = Step(ref reader);
                break;
            case "token":
                request.Token = Text(ref reader, key, WordMax);
                break;
            case "reason":
                request.Reason = Text(ref reader, key, ReasonMax);
                break;
            default:
                throw new BadRequestException(
                    $"La clé \"{Shown(key)}\" est inconnue ; seules le sont command, id, values, expires, step, token et reason.",
                    $"The key \"{Shown(key)}\" is unknown; write command, id, values, expires, step, token and reason only.");
        }
    }

    private static void ReadValues(ref Utf8JsonReader reader, Dictionary<string, string> values)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadRequestException("\"values\" doit être un objet, comme {\"speed\": 200}.", "\"values\" must be an object, such as {\"speed\": 200}.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            var value = reader.TokenType switch
            {
                JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
                JsonTokenType.True => "true",
                JsonTokenType.False => "false",
                JsonTokenType.String => reader.GetString()!,
                _ => throw Bad("values." + Shown(key), "un nombre, un texte, true ou false", "a number, a text, true or false"),
            };
            if (key.Length is 0 or > WordMax || value.Length > WordMax || values.Count == ValuesMax || !values.TryAdd(key, value))
            {
                throw new BadRequestException(
                    $"\"values\" tient au plus {ValuesMax} valeurs de {WordMax} caractères, chacune une fois.", $"\"values\" holds at most {ValuesMax} values of {WordMax} letters, each once.");
            }
        }
    }

    /// <summary>An id becomes a level of the answer's topic, so it can have no letter that means something there.</summary>
    private static string Id(ref Utf8JsonReader reader, string key)
    {
        var id = Text(ref reader, key, WordMax);
        return IdPattern().IsMatch(id)
            ? id
            : throw Bad(key, $"1 à {WordMax} lettres, chiffres ou . _ : -", $"1 to {WordMax} letters, digits or . _ : -");
    }

    private static string Text(ref Utf8JsonReader reader, string key, int max) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && text.Length <= max && !text.Any(char.IsControl)
            ? text
            : throw Bad(key, $"un texte d'au plus {max} caractères imprimables", $"a text of at most {max} printable letters");

    private static long Millis(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var millis) && millis > 0
            ? millis
            : throw Bad("expires", "un nombre entier de millisecondes depuis 1970 UTC", "a whole number of milliseconds since 1970 UTC");

    private static RemoteStep Step(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() switch
    {
        "submit" => RemoteStep.Submit,
        "prepare" => RemoteStep.Prepare,
        "execute" => RemoteStep.Execute,
        _ => throw BadStep(),
    }
    : throw BadStep();

    private static BadRequestException BadStep() => Bad("step", "\"submit\", \"prepare\" ou \"execute\"", "\"submit\", \"prepare\" or \"execute\"");

    private static BadRequestException Bad(string key, string french, string english) => new($"\"{key}\" doit être {french}.", $"\"{key}\" must be {english}.");

    private static void Require(bool isThere, string key)
    {
        if (!isThere)
        {
            throw new BadRequestException($"\"{key}\" manque.", $"\"{key}\" is missing.");
        }
    }

    /// <summary>A stranger's word, fit for a sentence.</summary>
    private static string Shown(string key) => string.Concat(key.Take(WordMax).Select(one => char.IsControl(one) || char.IsSurrogate(one) ? '?' : one));

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]{1,64}\z")]
    private static partial Regex IdPattern();
}
