using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Tests.App.Commands;

/// <summary>What a person reads in a terminal of what the service says about commands.</summary>
public sealed class CommandTextTests
{
    [Fact]
    public void The_list_says_what_stands_against_a_command()
    {
        var plan = new CommandPlan
        {
            Index = 0,
            Id = "conveyor.speed",
            Device = 0,
            Target = 0,
            TargetWords = "plc/speed (modbus 4x0)",
            NameFr = "Vitesse",
            NameEn = "Speed",
            Level = 2,
            NeedsLease = true,
            EffectNanos = 1,
            Parameters = [new ParameterPlan { Id = "speed", Low = 50, High = 400, Step = 10, Unit = "mm/s" }, new ParameterPlan { Id = "program", Choices = ["a.urp", "b.urp"] }],
        };
        var guards = new[] { new GuardReading("plc/ok", "holds", ["plc/ok=true Good 3 ms"], "a", "b"), new GuardReading("plc/b < 1", "fails", ["plc/b=2 Good 3 ms"], "Attendre", "Wait") };
        var report = new JsonObject { ["gate"] = CommandJson.Of(Status(isOn: true)), ["commands"] = new JsonArray(CommandJson.Of(new CommandView(plan, guards, false))) };

        var text = CommandText.List(report);

        Assert.Equal(
            """
            commandes/commands: MARCHE/ON  armé/armed: oui/yes  bail/lease: -  00000000000000ab
            conveyor.speed  Vitesse / Speed  [niveau/level 2, bail/lease]  plc/speed (modbus 4x0)
                speed= 50 .. 400 mm/s, pas/step 10
                program= a.urp | b.urp
                ✓ plc/ok   (plc/ok=true Good 3 ms)
                ✕ plc/b < 1   (plc/b=2 Good 3 ms)
                  fails: Attendre / Wait

            """,
            text);
    }

    [Fact]
    public void What_is_off_says_why()
    {
        Assert.Equal("commandes/commands: ARRÊT/OFF. Arrêtées / Stopped", CommandText.Gate(CommandJson.Of(Status(isOn: false))));
    }

    [Fact]
    public void Limits_that_are_none_are_not_written()
    {
        var plan = new CommandPlan { Index = 0, Id = "c", Device = 0, Target = 0, TargetWords = "t", Level = 2, EffectNanos = 1, Parameters = [new ParameterPlan { Id = "p" }] };

        var parameter = CommandJson.Of(new CommandView(plan, [], false))["parameters"]![0]!;

        Assert.Null(parameter["min"]);
        Assert.Null(parameter["step"]);
    }

    private static GateStatus Status(bool isOn) => new()
    {
        IsOn = isOn,
        WhyOffFr = "Arrêtées",
        WhyOffEn = "Stopped",
        CommandsHash = "00000000000000ab",
        IsArmed = true,
        IsRehearsed = true,
        AuditHead = 3,
        AuditHash = "00",
        Outcomes = new Dictionary<string, long> { ["confirmed"] = 2 },
        Refusals = new Dictionary<string, long>(),
    };
}
