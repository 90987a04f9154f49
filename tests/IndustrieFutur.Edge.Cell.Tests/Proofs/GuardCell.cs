using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What the configuration of a cell has more, so that each guard of the gate can be made false alone.</summary>
internal static class GuardCell
{
    public static void Change(JsonObject cell, int cagePort)
    {
        // Longer than anything that is held up on purpose: only what was meant turns Bad.
        cell["devices"]!["plc"]!["timeout"] = "5s";
        cell["devices"]!["cage"] = Cage(cagePort);
        var commands = cell["commands"]!.AsObject();
        commands["safetySignals"]!.AsArray().Add("cage/safety");
        var all = commands["commands"]!.AsObject();
        all["free"] = Plain();
        all["private"] = With("users", new JsonArray(CommandSite.Second));
        all["service"] = With("roles", new JsonArray("integrator"));
        all["careful"] = With("level", 2);
        all["gently"] = With("parameters", Speed(1_000, 10, new JsonObject { ["change"] = 100, ["signal"] = "plc/speed" }));
        all["seldom"] = With("parameters", Speed(60_000, 1, new JsonObject { ["every"] = "1h" }));
        all["caged"] = With("interlocks", new JsonArray(
            Interlock("cage/closed", "la cage est ouverte : la fermer", "the cage is open: close it"),
            Interlock("cage/level < 1000", "le niveau n'est pas connu", "the level is not known"),
            Interlock("1 / cage/level > 0", "le rapport n'est pas connu", "the ratio is not known")));
    }

    /// <summary>Another set of commands, though only a sentence is different: what was armed is not this.</summary>
    public static void ChangeSentence(JsonObject cell) =>
        cell["commands"]!["commands"]!["caged"]!["interlocks"]![0]!["message"]!["en"] = "the cage stands open: close it";

    private static JsonObject Cage(int port)
    {
        var cage = Configurations.Tcp(port);
        cage["driver"] = "modbus";
        cage["unit"] = 1;
        cage["addressBase"] = 0;
        cage["groups"] = new JsonObject
        {
            ["all"] = new JsonObject
            {
                ["interval"] = "20ms",
                ["signals"] = new JsonObject
                {
                    ["closed"] = new JsonObject { ["address"] = "discrete:0", ["type"] = "bool" },
                    ["safety"] = new JsonObject { ["address"] = $"discrete:{CommandMachine.Guards}", ["type"] = "bool" },
                    ["level"] = new JsonObject { ["address"] = "input:0", ["type"] = "u16", ["range"] = new JsonObject { ["low"] = 0, ["high"] = 100 } },
                },
            },
        };
        return cage;
    }

    private static JsonObject With(string key, JsonNode value)
    {
        var command = Plain();
        command[key] = value;
        return command;
    }

    private static JsonObject Plain() => new()
    {
        ["name"] = new JsonObject { ["fr"] = "Vitesse", ["en"] = "Speed" },
        ["target"] = "plc/setpoint",
        ["level"] = 1,
        ["parameters"] = Speed(60_000, 1, null),
        ["effect"] = new JsonObject { ["signal"] = "plc/speed", ["within"] = "2s" },
    };

    private static JsonObject Speed(int max, int step, JsonObject? rate)
    {
        var speed = new JsonObject { ["min"] = 0, ["max"] = max, ["step"] = step };
        if (rate is not null)
        {
            speed["rate"] = rate;
        }

        return new JsonObject { ["speed"] = speed };
    }

    private static JsonObject Interlock(string when, string french, string english) =>
        new() { ["when"] = when, ["message"] = new JsonObject { ["fr"] = french, ["en"] = english } };
}
