using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Configuration.Binding;
using IndustrieFutur.Edge.App.Configuration.Schema;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>The JSON Schema says what the option classes say, and the committed one is the one of today.</summary>
public sealed class SchemaTests
{
    private readonly JsonNode _schema = JsonNode.Parse(ConfigurationSchema.Text(typeof(EdgeOptions), OptionVariants.Devices([BenchOptions.Kind])))!;

    [Fact]
    public void The_committed_schema_is_the_one_of_these_option_classes()
    {
        var committed = File.Exists(ProjectConfigurations.Schema) ? File.ReadAllText(ProjectConfigurations.Schema) : "";

        Assert.True(committed == ConfigurationSchema.Text(), "config/edge.schema.json is stale; write it anew: ifedge schema > config/edge.schema.json");
    }

    [Fact]
    public void Keys_carry_type_limits_pattern_default_and_description()
    {
        var bench = _schema["$defs"]!["BenchOptions"]!;

        Assert.Equal("object", (string?)bench["type"]);
        Assert.False((bool)bench["additionalProperties"]!);
        AssertJson("""{ "description": "Its number on the line.", "type": "integer", "minimum": 1, "maximum": 247, "default": 1 }""", bench["properties"]!["unit"]);
        AssertJson("""{ "type": "number", "minimum": 0, "default": 1 }""", bench["properties"]!["gain"]);
        AssertJson("""{ "description": "(\"10ms\" to \"5s\")", "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?(us|ms|s|m|h|d)$", "default": "300ms" }""", bench["properties"]!["timeout"]);
        AssertJson("""{ "type": "array", "items": { "type": "integer" }, "maxItems": 2 }""", bench["properties"]!["skip"]);
        AssertJson("""{ "type": "boolean", "default": false }""", bench["properties"]!["exclusive"]);
        AssertJson("""["driver"]""", bench["required"]);
        AssertJson("""["channel"]""", _schema["$defs"]!["BenchSignalOptions"]!["required"]);
        Assert.Equal("#/$defs/GroupOptionsOfBenchSignalOptions", (string?)bench["properties"]!["groups"]!["additionalProperties"]!["$ref"]);
    }

    [Fact]
    public void Choices_secrets_and_ids_are_told()
    {
        AssertJson("""["embedded", "influx", "victoria"]""", _schema["$defs"]!["HistorianOptions"]!["properties"]!["store"]!["enum"]);
        Assert.Equal("^(env|file):.+$", (string?)_schema["$defs"]!["HistorianOptions"]!["properties"]!["password"]!["pattern"]);
        Assert.Equal(OptionsBinder.IdPattern, (string?)_schema["properties"]!["devices"]!["propertyNames"]!["pattern"]);
        AssertJson("""["mqtt"]""", _schema["$defs"]!["MqttSinkOptions"]!["properties"]!["sink"]!["enum"]);
    }

    [Fact]
    public void A_device_is_described_by_its_driver()
    {
        AssertJson(
            """
            {
              "type": "object",
              "required": ["driver"],
              "properties": { "driver": { "enum": ["bench"] } },
              "allOf": [{ "if": { "properties": { "driver": { "const": "bench" } } }, "then": { "$ref": "#/$defs/BenchOptions" } }]
            }
            """,
            _schema["$defs"]!["DeviceOptions"]);
    }

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}, found {actual?.ToJsonString()}");
}
