using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Everything that a configuration may not say, so that nothing of it can be reached by any command: each is refused where it stands, with a sentence.</summary>
internal static class ForbiddenCases
{
    private const string Robotics = "nsu=http://opcfoundation.org/UA/Robotics/";
    private const string Di = "nsu=http://opcfoundation.org/UA/DI/";

    private static readonly string[] Verbs =
    [
        "power on", "power off", "brake release", "unlock protective stop", "close safety popup", "restart safety", "set operational mode automatic",
        "set operational mode manual", "clear operational mode", "shutdown", "load installation cell.installation", "popup hello", "close popup", "addToLog hello", "quit",
        "set user role none", "get user role", "generate support file /tmp", "generate flight report controller", "jog", "freedrive", "reset", "unlock", "powerOn", "power_on",
        "Play", "PLAY", "play ", " play", "play\n", "play\npower on", "load pick.urp", "stop\r\n", "play\0", "",
    ];

    private static readonly string[] Programs =
    [
        "pick.urp\n", "pick.urp\r\n", "pick.urp\npower on", "pick\npower on\n.urp", "\npower on\n.urp", "pick.urp\r", "pick\t.urp", "pick\0.urp", "pick.urp\0", "pick\u0085.urp", "pick\u2028.urp",
        "pick\u2029power on.urp", "pick.urp\u00a0", "pick me.urp", " pick.urp", "pick.urp ", "../pick.urp", "a/../../pick.urp", "..urp", "a/..urp", "pick.urp;power on", "$(x).urp", "%0apower on.urp",
        "pick\\n.urp", "pîck.urp", "ｐick.urp", "pick.URP", "pick.script", "pick", "", ".installation", "pick.urp.installation",
    ];

    private static readonly string[] Hosts = ["127.0.0.1", "localhost", "::1", "robot.local", "2130706433", "127.1"];

    /// <summary>Dashboard and URScript; the last three are the first, written otherwise.</summary>
    private static readonly string[] Ports = ["29999", "30001", "30002", "30003", "30020", "29999.0", "2.9999e4", "299990e-1"];

    private static readonly string[] Methods =
    [
        $"/{Robotics}:GetReady", $"{Robotics};i=7006", $"{Robotics};i=7003", $"/{Robotics}:ResetToProgramStart", "/nsu=urn:v:GetReady", "nsu=urn:v;s=Robot.PowerOn", "nsu=urn:v;s=power_on",
        "nsu=urn:v;s=TurnOnPower", "nsu=urn:v;s=Arm.Brake_Release", "nsu=urn:v;s=ReleaseAllBrakes", "nsu=urn:v;s=OpenBrakes", "nsu=urn:v;s=UnlockProtectiveStop", "nsu=urn:v;s=Protective_Stop_Reset",
        "nsu=urn:v;s=ReleaseProtectiveStop", "nsu=urn:v;s=restart safety", "nsu=urn:v;s=SafetyReset", "nsu=urn:v;s=Axis1.JogPlus", "nsu=urn:v;s=JOG", "nsu=urn:v;s=MotorsOn", "nsu=urn:v;s=Robot.EnableDrives", "nsu=urn:v;s=ServoOn", "nsu=urn:v;s=PowerUp", "nsu=urn:v;s=EnergizeMotors",
        "nsu=urn:v;s=AcknowledgeProtectiveStop", "nsu=urn:v;s=ClearSafetyFault", "nsu=urn:v;s=EmergencyStopReset", "nsu=urn:v;s=Robot.FreeDrive", "nsu=urn:v;s=reset-to-program-start",
    ];

    private static readonly string[] Nodes =
    [
        "nsu=urn:v;s=Robot.PowerOn", "nsu=urn:v;s=Brake.Release", "nsu=urn:v;s=Axis1.JogSpeed", "nsu=urn:v;s=UnlockProtectiveStop", "nsu=urn:v;s=Safety.RestartSafety", $"{Robotics};i=15912",
    ];

    private static readonly string[] Paths =
    [
        $"/{Di}:DeviceSet/nsu=urn:v:Cell/{Robotics}:SafetyStates/nsu=urn:v:Safety/{Di}:ParameterSet/nsu=urn:v:Mode",
        $"/{Di}:DeviceSet/nsu=urn:v:Cell/{Robotics}:MotionDevices/nsu=urn:v:Arm/{Di}:ParameterSet/{Robotics}:SpeedOverride",
        "/nsu=urn:v:Robot/nsu=urn:v:PowerOn",
    ];

    /// <summary>A second message in the first, a control character in any writing, a place for text.</summary>
    private static readonly (string Send, string Says)[] FramedMessages =
    [
        ("ZI\r\npower on", "has the control character"), ("ZI\npower on\n", "has the control character"), ("ZI\\npower on", "has the control character"),
        ("ZI\\x0Apower on", "has the control character"), ("ZI\0", "has the control character"), ("\u0085play", "has the control character"),
        ("{value}{value}", "more than one place"), ("{text}", "no place for a value"), ("{value:X}", "no place for a value"),
    ];

    public static IReadOnlyList<ForbiddenCase> All { get; } =
    [
        .. OfTheDashboard(), .. OfPorts(), .. OfRawTargets(), .. OfOpcUa(), .. OfWhatSetsInMotion(), .. OfStops(), .. OfDoors(),
    ];

    private static IEnumerable<ForbiddenCase> OfTheDashboard() =>
    [
        .. Verbs.Select(verb => At($"the dashboard's \"{Shown(verb)}\"", "devices.dash.targets.play.verb", "is not known here", verb)),
        At("a verb by its number", "devices.dash.targets.play.verb", "stands where", 1),
        .. Programs.Select(program => At($"the program \"{Shown(program)}\"", "devices.dash.targets.load.programs", "is no program that can be loaded", new JsonArray(program))),
        At("a program of ten thousand letters", "devices.dash.targets.load.programs", "is no program that can be loaded", new JsonArray(new string('a', 10_000) + ".urp")),
        At("no programs", "devices.dash.targets.load.programs", "needs the programs", new JsonArray()),
        At("a program to play", "devices.dash.targets.play.programs", "only \"load\" takes a program", new JsonArray("pick.urp")),
        At("a line as it is", "devices.dash.targets.play.send", "unknown key", "power on\n"),
        At("a command that is no target", "commands.commands.play.target", "has no target", "dash/power"),
        At("words behind a target", "commands.commands.play.target", "is not allowed here", "dash/play power on"),
        At("lines behind a target", "commands.commands.play.target", "is not allowed here", "dash/play\npower on"),
    ];

    private static IEnumerable<ForbiddenCase> OfPorts()
    {
        foreach (var port in Ports)
        {
            foreach (var host in Hosts)
            {
                var tcp = $$"""{ "host": "{{host}}", "port": {{port}} }""";
                yield return At($"a framed device at {host}:{port}", "devices.scale.tcp.port", "only the command gate may send", JsonNode.Parse(tcp)!, "devices.scale.tcp");
            }

            yield return At($"rtde at {port}", "devices.cobot.tcp.port", "only the command gate may send", JsonNode.Parse(port)!);
            yield return At(
                $"a torque driver at {port}", "devices.torque.tcp.port", "only the command gate may send",
                JsonNode.Parse($$"""{ "driver": "open-protocol", "tcp": { "host": "robot", "port": {{port}} }, "groups": { "all": { "signals": { "ok": { "field": "ok" } } } } }""")!, "devices.torque");
            yield return At($"registers at {port}", "devices.plc.tcp.port", "only the command gate may send", JsonNode.Parse(port)!);
        }

        foreach (var port in new[] { 29_999, 30_001, 30_002, 30_003, 30_020 })
        {
            yield return At($"OPC UA at {port}", "devices.ua.endpoint", "only the command gate may send", $"opc.tcp://robot:{port}");
            yield return At($"OPC UA at {port} with a line in its path", "devices.ua.endpoint", "only the command gate may send", $"opc.tcp://robot:{port}/\npower on\n");
        }

        foreach (var port in new[] { 30_001, 30_002, 30_003, 30_020 })
        {
            yield return At($"a dashboard at {port}", "devices.dash.tcp.port", "is no dashboard", port);
        }

        yield return At("a port as text", "devices.scale.tcp.port", "stands where", "29999");
    }

    private static IEnumerable<ForbiddenCase> OfRawTargets() =>
    [
        .. FramedMessages.Select(one => At($"the framed message \"{Shown(one.Send)}\"", "devices.scale.targets.x.send", one.Says, one.Send, "devices.scale.targets.x.send", FramedTarget)),
        At("a framed message that is declared nowhere", "commands.commands.halt.target", "declares no target", "scale/x"),
        At("RTDE inputs", "devices.cobot.inputs", "unknown key", new JsonArray("speed_slider_mask")),
        At("RTDE targets", "devices.cobot.targets", "unknown key", new JsonObject { ["x"] = new JsonObject { ["field"] = "speed_slider_fraction" } }),
        At("a command for RTDE", "commands.commands.halt.target", "only reads", "cobot/pstop"),
        At("an input register as a target", "devices.plc.targets.speed.address", "can only be read", "input:1"),
        At("a discrete input as a target", "devices.plc.targets.speed.address", "can only be read", "discrete:1"),
        At("text as a target", "devices.plc.targets.speed.type", "needs the type of a number", "string"),
        At("no control command of PackML", "commands.commands.halt.values[0]", "is no control command of PackML", new JsonArray(10)),
        At("a number without limits", "commands.commands.speed.parameters.speed", "add \"min\" and \"max\"", new JsonObject()),
        At("another device", "commands.commands.halt.target", "there is no device", "robot/x"),
    ];

    private static IEnumerable<ForbiddenCase> OfOpcUa() =>
    [
        .. Methods.Select(method => At($"the method {method}", "devices.ua.targets.call.method", "never commanded from here", method)),
        At("an object that is named so", "devices.ua.targets.call.object", "never commanded from here", "nsu=urn:v;s=Robot.PowerOn"),
        .. Nodes.Select(node => At($"the variable {node}", "devices.ua.targets.set.node", "never commanded from here", node)),
        .. Paths.Select(path => At(
            $"the variable {path}", "devices.ua.targets.set.path", "never commanded from here", new JsonObject { ["path"] = path, ["type"] = "f64" }, "devices.ua.targets.set")),
        At("an id that another program shifts", "devices.ua.targets.set.node", "nsu=", "ns=2;s=Setpoint"),
    ];

    private static IEnumerable<ForbiddenCase> OfWhatSetsInMotion()
    {
        var start = new JsonObject { ["object"] = "nsu=urn:v;s=Cell", ["method"] = $"/{Robotics}:Start" };
        yield return At("play at level 1", "commands.commands.play.level", "prepared first", 1);
        yield return At("play by Sparkplug", "commands.commands.play.sparkplug", "a Sparkplug host never does", "dash/program");
        yield return At("play by a rule", "commands.reactions.r.command", "which no rule does by itself", "play");
        yield return At("load by a rule", "commands.reactions.r.command", "a rule gives nothing else by itself", "load");
        yield return At("a call by a rule", "commands.reactions.r.command", "a rule gives nothing else by itself", "call");
        yield return At("a faster conveyor by a rule", "commands.reactions.r.notAbove", "must not exceed", new JsonObject { ["when"] = "cobot/pstop", ["command"] = "speed", ["values"] = new JsonArray(100) }, "commands.reactions.r");
        yield return At("a rule that sets itself off", "commands.reactions.r", "could set itself off", new JsonObject { ["when"] = "dash/running", ["command"] = "stop" }, "commands.reactions.r", RunningSignal);
        yield return At("a rule at every second", "commands.reactions.r.perHour", "out of range", 3_601);
        yield return new ForbiddenCase("a robot's Start at level 1", "commands.commands.call.level", "prepared first", cell =>
        {
            Set(cell, "devices.ua.targets.call", start.DeepClone());
            Set(cell, "commands.commands.call.level", 1);
        });
        yield return new ForbiddenCase("a robot's Start by a rule", "commands.reactions.r.command", "which no rule does by itself", cell =>
        {
            Set(cell, "devices.ua.targets.call", start.DeepClone());
            Set(cell, "commands.reactions.r.command", "call");
        });
        yield return new ForbiddenCase("a motion of the maker's by Sparkplug", "commands.commands.call.sparkplug", "a Sparkplug host never does", cell =>
        {
            Set(cell, "devices.ua.targets.call.motion", true);
            Set(cell, "commands.commands.call.sparkplug", "plc/state");
        });
    }

    private static IEnumerable<ForbiddenCase> OfStops()
    {
        JsonArray Interlock() => new(new JsonObject { ["when"] = "cobot/pstop", ["message"] = new JsonObject { ["fr"] = "non", ["en"] = "no" } });
        foreach (var stop in new[] { "halt", "pause", "stop" })
        {
            yield return At($"an interlock on {stop}", $"commands.commands.{stop}.interlocks", "a stop has no interlocks", Interlock());
            yield return At($"a lease for {stop}", $"commands.commands.{stop}.lease", "whoever is there stops", true);
            yield return At($"a second person for {stop}", $"commands.commands.{stop}.twoPersons", "waits for no second person", true);
        }
    }

    private static IEnumerable<ForbiddenCase> OfDoors() =>
    [
        At("requests of a broker that knows nobody", "sinks.site.commands", "asks nobody for a name", true),
        At("level 2 by Sparkplug", "commands.commands.set.sparkplug", "level 1", "plc/state"),
        At("two persons by Sparkplug", "commands.commands.set.sparkplug", "without lease and second person", new JsonObject
        {
            ["name"] = new JsonObject { ["fr"] = "Consigne", ["en"] = "Setpoint" },
            ["target"] = "ua/set",
            ["twoPersons"] = true,
            ["sparkplug"] = "plc/state",
            ["parameters"] = new JsonObject { ["v"] = new JsonObject { ["min"] = 0, ["max"] = 1 } },
            ["effect"] = new JsonObject { ["when"] = "plc/state == 6" },
        }, "commands.commands.set"),
        At("commands for observers", "commands.commands.play.roles", "there is no role", new JsonArray("observer")),
        At("commands of nobody's role", "commands.commands.play.roles", "there is no role", new JsonArray("everybody")),
    ];

    private static void FramedTarget(JsonObject cell) => Set(cell, "devices.scale.targets", new JsonObject { ["x"] = new JsonObject { ["send"] = "ZI", ["accept"] = "^ZI" } });

    private static void RunningSignal(JsonObject cell) => Set(cell, "devices.dash.groups.all.signals.running", new JsonObject { ["query"] = "running" });

    private static ForbiddenCase At(string what, string path, string says, JsonNode value, string? at = null, Action<JsonObject>? more = null) => new(what, path, says, cell =>
    {
        more?.Invoke(cell);
        Set(cell, at ?? path.Replace("[0]", "", StringComparison.Ordinal), value.DeepClone());
    });

    private static void Set(JsonObject cell, string path, JsonNode value)
    {
        var keys = path.Split('.');
        var node = keys[..^1].Aggregate(cell, (at, key) => at[key]!.AsObject());
        node[keys[^1]] = value;
    }

    private static string Shown(string text) => string.Concat(text.Select(one => char.IsControl(one) ? '?' : one));
}
