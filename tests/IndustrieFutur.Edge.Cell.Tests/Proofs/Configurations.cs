using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Configurations as an integrator would write them, for the proofs' cells.</summary>
internal static class Configurations
{
    /// <summary>A cell with one device, one broker and historians; data beside the file, no page of numbers unless asked for.</summary>
    public static JsonObject Cell(JsonObject device, string brokerUrl, JsonObject historians, int httpPort = 0) => new()
    {
        ["group"] = "proof",
        ["edge"] = "cell1",
        ["data"] = "data",
        ["devices"] = new JsonObject { ["plc"] = device },
        ["sinks"] = new JsonObject
        {
            ["site"] = new JsonObject
            {
                ["sink"] = "mqtt",
                ["url"] = brokerUrl,
                ["confirm"] = "stored",
                ["historians"] = new JsonArray([.. historians.Select(pair => (JsonNode)pair.Key)]),
            },
        },
        ["historians"] = historians,
        ["http"] = new JsonObject { ["port"] = httpPort },
    };

    public static JsonObject Embedded() => new() { ["h1"] = new JsonObject { ["store"] = "embedded" } };

    public static JsonObject WithBroker(JsonObject cell, int port)
    {
        cell["broker"] = new JsonObject { ["port"] = port };
        return cell;
    }

    /// <summary>A Modbus device with so many holding registers, read together at one interval, every sample sent.</summary>
    public static JsonObject Registers(JsonObject link, int count, string interval)
    {
        var signals = new JsonObject();
        for (var i = 0; i < count; i++)
        {
            signals[$"r{i}"] = new JsonObject { ["address"] = $"holding:{i}", ["type"] = "u16" };
        }

        link["driver"] = "modbus";
        link["unit"] = 1;
        link["addressBase"] = 0;
        link["groups"] = new JsonObject { ["all"] = new JsonObject { ["interval"] = interval, ["signals"] = signals } };
        return link;
    }

    public static JsonObject Serial(string port) =>
        new() { ["serial"] = new JsonObject { ["port"] = port, ["settings"] = "115200 8N1" } };

    public static JsonObject Tcp(int port) =>
        new() { ["tcp"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = port } };
}
