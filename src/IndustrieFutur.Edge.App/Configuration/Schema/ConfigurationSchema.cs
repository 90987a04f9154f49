using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration.Binding;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.App.Configuration.Schema;

/// <summary>
/// Writes the JSON Schema (2020-12) of a configuration from the same option classes that read it, so that an editor and
/// <c>ifedge check</c> say the same. Rules between two keys are known to <c>check</c> alone.
/// </summary>
internal sealed class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly OptionModel _model;
    private readonly SortedDictionary<string, JsonNode?> _definitions = new(StringComparer.Ordinal);

    private ConfigurationSchema(OptionModel model) => _model = model;

    /// <summary>The schema of the whole configuration with the drivers of the catalog.</summary>
    public static string Text() => Text(typeof(EdgeOptions), OptionVariants.Devices(DriverCatalog.All));

    public static string Text(Type root, OptionVariants variants) => new ConfigurationSchema(new OptionModel(variants)).Write(root);

    private string Write(Type root)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Configuration of an IndustrieFutur.Edge",
        };
        foreach (var (key, value) in ClassSchema(root, extraKey: "$schema"))
        {
            schema[key] = value?.DeepClone();
        }

        schema["$defs"] = new JsonObject(_definitions);
        return schema.ToJsonString(Written) + "\n";
    }

    /// <param name="type">The option class.</param>
    /// <param name="extraKey">A key that may stand in the object and is nobody's option; null for none.</param>
    private JsonObject ClassSchema(Type type, string? extraKey = null)
    {
        var properties = new JsonObject();
        if (extraKey is not null)
        {
            properties[extraKey] = new JsonObject { ["type"] = "string" };
        }

        foreach (var property in _model.PropertiesOf(type))
        {
            properties[property.Key] = PropertySchema(property);
        }

        var required = _model.PropertiesOf(type).Where(property => property.IsRequired).Select(property => (JsonNode?)property.Key).ToArray();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        return schema;
    }

    private JsonObject PropertySchema(OptionProperty property)
    {
        var schema = new JsonObject();
        if (property.Description.Length > 0)
        {
            schema["description"] = property.Description;
        }

        foreach (var (key, value) in TypeSchema(property.Type, property))
        {
            schema[key] = value?.DeepClone();
        }

        foreach (var rule in property.Rules)
        {
            AddRule(schema, rule, property.Shape);
        }

        if (property is { IsRequired: true, Shape: OptionShape.Text } && property.Rules.Count == 0)
        {
            schema["minLength"] = 1;
        }

        if (Default(property) is { } usual)
        {
            schema["default"] = usual;
        }

        return schema;
    }

    private JsonObject TypeSchema(Type type, OptionProperty property) => OptionProperty.ShapeOf(type) switch
    {
        OptionShape.Text => new JsonObject { ["type"] = "string" },
        OptionShape.Switch => new JsonObject { ["type"] = "boolean" },
        OptionShape.Whole => new JsonObject { ["type"] = "integer" },
        OptionShape.Number => new JsonObject { ["type"] = "number" },
        OptionShape.Duration => new JsonObject { ["type"] = "string", ["pattern"] = Durations.Pattern },
        OptionShape.Secret => new JsonObject { ["type"] = "string", ["pattern"] = "^(env|file):.+$" },
        OptionShape.Choice => new JsonObject { ["enum"] = Strings(Enum.GetValues(type).Cast<object>().Select(OptionProperty.NameOf)) },
        OptionShape.List => new JsonObject { ["type"] = "array", ["items"] = TypeSchema(property.ElementType, property) },
        OptionShape.Map => new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = OptionsBinder.IdPattern },
            ["additionalProperties"] = TypeSchema(property.ElementType, property),
        },
        _ => new JsonObject { ["$ref"] = $"#/$defs/{Define(type)}" },
    };

    private string Define(Type type)
    {
        var name = NameOf(type);
        if (_definitions.TryAdd(name, null))
        {
            _definitions[name] = _model.VariantsOf(type) is { } variants ? VariantsSchema(variants) : ClassSchema(type);
        }

        return name;
    }

    /// <summary>if/then by the key that names the form: an editor then tells the mistake of that form, not of all of them.</summary>
    private JsonObject VariantsSchema(OptionVariants variants)
    {
        var (key, forms) = (variants.Key, variants.Forms);
        var schema = new JsonObject { ["type"] = "object", ["required"] = Strings([key]) };
        if (forms.Count > 0)
        {
            schema["properties"] = new JsonObject { [key] = new JsonObject { ["enum"] = Strings(forms.Keys) } };
            schema["allOf"] = new JsonArray([.. forms.Select(form => (JsonNode)new JsonObject
            {
                ["if"] = new JsonObject { ["properties"] = new JsonObject { [key] = new JsonObject { ["const"] = form.Key } } },
                ["then"] = new JsonObject { ["$ref"] = $"#/$defs/{Define(form.Value)}" },
            })]);
        }

        return schema;
    }

    private static void AddRule(JsonObject schema, ValidationAttribute rule, OptionShape shape)
    {
        switch (rule)
        {
            case RangeAttribute { OperandType: var type } range when type == typeof(TimeSpan):
                schema["description"] = $"{schema["description"]} ({RuleSentences.Limits(range)})".Trim();
                break;
            case RangeAttribute range:
                AddLimit(schema, "minimum", range.Minimum);
                AddLimit(schema, "maximum", range.Maximum);
                break;
            case RegularExpressionAttribute pattern:
                schema["pattern"] = pattern.Pattern;
                break;
            case AllowedValuesAttribute allowed:
                schema["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonSerializer.SerializeToNode(value))]);
                break;
            case MaxLengthAttribute longest:
                schema[Bound("max", shape)] = longest.Length;
                break;
            case MinLengthAttribute shortest:
                schema[Bound("min", shape)] = shortest.Length;
                break;
            default:
                // A rule of a class of its own: check knows it, the schema has no word for it.
                break;
        }
    }

    private static void AddLimit(JsonObject schema, string key, object limit)
    {
        if (limit is int or double and not double.MaxValue and not double.MinValue)
        {
            schema[key] = JsonSerializer.SerializeToNode(limit);
        }
    }

    private static string Bound(string which, OptionShape shape) => which + shape switch
    {
        OptionShape.Map => "Properties",
        OptionShape.List => "Items",
        _ => "Length",
    };

    private static JsonNode? Default(OptionProperty property) => property.Default switch
    {
        TimeSpan duration => Durations.Format(duration),
        string { Length: > 0 } text => text,
        bool on => on,
        Enum choice => OptionProperty.NameOf(choice),
        IConvertible number when property.Shape is OptionShape.Whole or OptionShape.Number => JsonSerializer.SerializeToNode(number, number.GetType()),
        _ => null,
    };

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    /// <summary>GroupOptions of ModbusSignalOptions is called "GroupOptionsOfModbusSignalOptions".</summary>
    private static string NameOf(MemberInfo type) => type is Type { IsGenericType: true } generic
        ? string.Create(CultureInfo.InvariantCulture, $"{generic.Name[..generic.Name.IndexOf('`')]}Of{NameOf(generic.GetGenericArguments()[0])}")
        : type.Name;
}
