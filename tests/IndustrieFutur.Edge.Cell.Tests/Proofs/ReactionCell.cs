using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What the configuration of a cell has more, so that its conveyor is stopped by itself when its cobot stops protectively.</summary>
internal static class ReactionCell
{
    public const string Reaction = "pstop";
    public const string Stop = "conveyor.stop";
    public const string Reset = "conveyor.reset";
    public const string Start = "conveyor.start";

    /// <summary>The most that may be written.</summary>
    private const int PerHourMax = 3_600;

    public static void Change(JsonObject cell, ReactionMachines machines)
    {
        var devices = cell["devices"]!.AsObject();
        devices["cobot"] = Cobot(machines.RtdePort);
        devices["conveyor"] = Conveyor(machines.ModbusPort);
        var commands = cell["commands"]!.AsObject();

        // The very change that sets the reaction off voids what waits in every inbox: a stop has to come through it.
        commands["safetySignals"]!.AsArray().Add("cobot/pstop");
        var all = commands["commands"]!.AsObject();
        all[Stop] = Packml("Arrêter", "Stop", 3, 2);
        all[Reset] = Packml("Réinitialiser", "Reset", 1, 4, Interlock("not cobot/pstop", "le robot est arrêté", "the cobot is stopped"));
        all[Start] = Packml(
            "Démarrer", "Start", 2, 6,
            Interlock("not cobot/pstop", "le robot est arrêté", "the cobot is stopped"),
            Interlock("conveyor/state == 4", "le convoyeur n'est pas prêt", "the conveyor is not idle"));
        commands["reactions"] = new JsonObject
        {
            [Reaction] = new JsonObject { ["when"] = "cobot/pstop", ["command"] = Stop, ["perHour"] = PerHourMax },
        };
    }

    public static void Cap(JsonObject cell, int perHour) => cell["commands"]!["reactions"]![Reaction]!["perHour"] = perHour;

    /// <summary>Ten packages a second of its clock are two hundred of ours.</summary>
    private static JsonObject Cobot(int port)
    {
        var cobot = Configurations.Tcp(port);
        cobot["driver"] = "rtde";
        cobot["frequency"] = 10;
        cobot["groups"] = new JsonObject
        {
            ["states"] = new JsonObject { ["signals"] = new JsonObject { ["pstop"] = new JsonObject { ["field"] = "safety_status_bits", ["bit"] = 2 } } },
        };
        return cobot;
    }

    private static JsonObject Conveyor(int port)
    {
        var conveyor = Configurations.Tcp(port);
        conveyor["driver"] = "modbus";
        conveyor["unit"] = 1;
        conveyor["addressBase"] = 0;
        conveyor["timeout"] = "5s";
        conveyor["groups"] = new JsonObject
        {
            ["states"] = new JsonObject { ["interval"] = "20ms", ["signals"] = new JsonObject { ["state"] = new JsonObject { ["address"] = "input:10", ["type"] = "u16" } } },
        };
        conveyor["targets"] = new JsonObject { ["packml"] = new JsonObject { ["address"] = "holding:3", ["type"] = "u16", ["packml"] = true } };
        return conveyor;
    }

    private static JsonObject Packml(string french, string english, int value, int state, params JsonNode[] interlocks)
    {
        var command = new JsonObject
        {
            ["name"] = Name(french, english),
            ["target"] = "conveyor/packml",
            ["level"] = 1,
            ["values"] = new JsonArray(value),
            ["effect"] = new JsonObject { ["when"] = $"conveyor/state == {state}", ["within"] = "5s" },
        };
        if (interlocks.Length > 0)
        {
            command["interlocks"] = new JsonArray(interlocks);
        }

        return command;
    }

    private static JsonObject Interlock(string when, string french, string english) => new() { ["when"] = when, ["message"] = Name(french, english) };

    private static JsonObject Name(string french, string english) => new() { ["fr"] = french, ["en"] = english };
}
