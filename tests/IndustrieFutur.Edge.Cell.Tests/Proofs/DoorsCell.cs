using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What a cell has more whose doors are tried: a cobot by its dashboard and RTDE, a conveyor, and another cobot that nothing is asked of for long.</summary>
internal static class DoorsCell
{
    public static void Change(JsonObject cell, DoorsPorts ports)
    {
        var devices = cell["devices"]!.AsObject();
        devices["plc"]!["timeout"] = "1s";
        devices["dash"] = Dashboard(ports.Dashboard, "100ms", "play", "pause", "stop");
        devices["slow"] = Dashboard(ports.SlowDashboard, "60s", "stop");
        devices["cobot"] = Cobot(ports.Rtde);
        devices["belt"] = Belt(ports.Belt);
        cell["commands"]!["sparkplugUser"] = CommandSite.Second;
        var commands = cell["commands"]!["commands"]!.AsObject();
        commands["program.play"] = Play();
        commands["program.pause"] = Command("Suspendre", "Pause", "dash/pause", Effect("cobot/state == 4", "5s"));
        commands["program.stop"] = Command("Arrêter", "Stop", "dash/stop", Effect("cobot/state == 1", "5s"));
        commands["slow.stop"] = Command("Arrêter l'autre", "Stop the other", "slow/stop", Effect("slow/program.state == 0", "1s"));
        commands["belt.speed"] = Speed();
    }

    private static JsonObject Dashboard(int port, string interval, params string[] verbs)
    {
        var dashboard = Configurations.Tcp(port);
        dashboard["driver"] = "dashboard";
        dashboard["timeout"] = "1s";
        dashboard["groups"] = new JsonObject
        {
            ["states"] = new JsonObject
            {
                ["interval"] = interval,
                ["signals"] = new JsonObject
                {
                    ["mode.operational"] = new JsonObject { ["query"] = "operationalMode" },
                    ["mode.remote"] = new JsonObject { ["query"] = "remoteControl" },
                    ["safety.status"] = new JsonObject { ["query"] = "safetyStatus" },
                    ["program.state"] = new JsonObject { ["query"] = "programState" },
                },
            },
        };
        dashboard["targets"] = new JsonObject(verbs.Select(verb => KeyValuePair.Create(verb, (JsonNode?)new JsonObject { ["verb"] = verb })));
        return dashboard;
    }

    private static JsonObject Cobot(int port)
    {
        var cobot = Configurations.Tcp(port);
        cobot["driver"] = "rtde";
        cobot["frequency"] = 125;
        cobot["groups"] = new JsonObject { ["states"] = new JsonObject { ["signals"] = new JsonObject { ["state"] = new JsonObject { ["field"] = "runtime_state" } } } };
        return cobot;
    }

    private static JsonObject Belt(int port)
    {
        var belt = Configurations.Tcp(port);
        belt["driver"] = "modbus";
        belt["unit"] = 1;
        belt["addressBase"] = 0;
        belt["groups"] = new JsonObject
        {
            ["all"] = new JsonObject
            {
                ["interval"] = "50ms",
                ["signals"] = new JsonObject { ["setpoint"] = new JsonObject { ["address"] = "holding:0", ["type"] = "f32" } },
            },
        };
        belt["targets"] = new JsonObject { ["speed"] = new JsonObject { ["address"] = "holding:0", ["type"] = "f32" } };
        return belt;
    }

    private static JsonObject Play()
    {
        var play = Command("Démarrer", "Play", "dash/play", Effect("cobot/state == 2", "5s"));
        play["interlocks"] = new JsonArray(
            Interlock("dash/mode.operational == 2", "Passer en mode automatique", "Switch to automatic mode"),
            Interlock("dash/mode.remote", "Donner la télécommande", "Switch remote control on"),
            Interlock("dash/safety.status == 1", "Lever l'arrêt du robot", "See to the robot's stop"),
            Interlock("dash/program.state != 1", "Le programme tourne déjà", "The program plays already"));
        return play;
    }

    private static JsonObject Speed()
    {
        var speed = Command("Vitesse", "Speed", "belt/speed", new JsonObject { ["signal"] = "belt/setpoint", ["tolerance"] = 0.01, ["within"] = "3s" });
        speed["level"] = 1;
        speed["parameters"] = new JsonObject { ["speed"] = new JsonObject { ["unit"] = "mm/s", ["min"] = 0, ["max"] = 500, ["step"] = 1 } };
        speed["sparkplug"] = "belt/setpoint";
        return speed;
    }

    private static JsonObject Command(string french, string english, string target, JsonObject effect) => new() { ["name"] = Text(french, english), ["target"] = target, ["effect"] = effect };

    private static JsonObject Effect(string when, string within) => new() { ["when"] = when, ["within"] = within };

    private static JsonObject Interlock(string when, string french, string english) => new() { ["when"] = when, ["message"] = Text(french, english) };

    private static JsonObject Text(string french, string english) => new() { ["fr"] = french, ["en"] = english };
}
