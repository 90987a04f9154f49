using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>A value in its full length: a number, a boolean or a text in JSON, null when there is none; shortened for tables.</summary>
/// <param name="Text">As it would be written into JSON, without quotes; empty when there is none.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct SignalValue(string Text, bool IsText)
{
    /// <summary>More letters than this are shortened to six digits.</summary>
    private const int LettersMax = 10;

    public static readonly SignalValue None = new("", false);

    /// <summary>For a table: six digits are what a person reads at a glance.</summary>
    public override string ToString()
    {
        if (Text.Length == 0 && !IsText)
        {
            return "-";
        }

        return !IsText && Text.Length > LettersMax && Text.Contains('.') && double.TryParse(Text, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("G6", CultureInfo.InvariantCulture)
            : Text;
    }

    internal sealed class Converter : JsonConverter<SignalValue>
    {
        public override bool HandleNull => true;

        public override SignalValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Null => None,
            JsonTokenType.String => new SignalValue(reader.GetString()!, true),
            _ => new SignalValue(System.Text.Encoding.UTF8.GetString(reader.ValueSpan), false),
        };

        public override void Write(Utf8JsonWriter writer, SignalValue value, JsonSerializerOptions options)
        {
            if (value.IsText)
            {
                writer.WriteStringValue(value.Text);
                return;
            }

            writer.WriteRawValue(value.Text.Length == 0 ? "null" : value.Text);
        }
    }
}
