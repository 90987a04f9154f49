using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.OpcUa;
using IndustrieFutur.Edge.Cell.Tests.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A stranger's OPC UA client (node-opcua) takes the simulated cobot and PLC for what they stand for.</summary>
public sealed class ServerForeignClientProof
{
    private const int Items = 10_000;

    /// <summary>OPC UA's own model alone has some six thousand.</summary>
    private const int NodesMin = 6_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>The types of OPC 40010-1 that an arm of six axes is made of, and how many of each.</summary>
    private static readonly Dictionary<string, int> Parts = new()
    {
        ["MotionDeviceSystemType"] = 1, ["MotionDeviceType"] = 1, ["AxisType"] = 6, ["PowerTrainType"] = 6, ["MotorType"] = 6, ["GearType"] = 6, ["LoadType"] = 1,
        ["ControllerType"] = 1, ["UserType"] = 1, ["TaskControlType"] = 1, ["SafetyStateType"] = 1, ["EmergencyStopFunctionType"] = 2, ["ProtectiveStopFunctionType"] = 3,
    };

    /// <summary>Nodes that the NodeSet calls mandatory, counted over all instances of these parts: fewer, and the script has not looked.</summary>
    private const int MandatoryMin = 150;

    /// <summary>Each part and each axis value has one.</summary>
    private const int UnitsMin = 26;

    private static int Seconds => Proof.Length(60, 4);

    [Fact]
    [Trait("Proof", "server-foreign-client")]
    public async Task A_strangers_client_comes_in_by_every_door_and_finds_all_that_a_robot_must_have()
    {
        using var cell = new StrangerCell();
        var visits = await Task.WhenAll(
            VisitAsync(cell, ofCobot: true, "doors"), VisitAsync(cell, ofCobot: true, "robotics,items"), VisitAsync(cell, ofCobot: false, "walk,methods"));
        var (doors, cobot, plc) = (visits[0], visits[1], visits[2]);

        CheckDoors(doors);
        CheckRobotics(cobot[0]);
        CheckWalk(cobot[1]);
        CheckItems(cobot[2]);
        CheckWalk(plc[0]);
        CheckMethods(plc[1]);
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{Combination.All.Count} doors; {(int)cobot[1]["nodes"]! + (int)plc[0]["nodes"]!} nodes and {(int)cobot[1]["references"]! + (int)plc[0]["references"]!} references Good; {cobot[0]["mandatory"]} mandatory nodes of OPC 40010-1 right and {cobot[0]["units"]} units; {Items} items for {Seconds} s over {cobot[2]["renewals"]} renewals; PackML led round by its methods"));
    }

    private static Task<List<JsonObject>> VisitAsync(StrangerCell cell, bool ofCobot, string tasks) =>
        cell.VisitAsync(ofCobot ? cell.Cobot.OpcUa! : cell.Plc.OpcUa!, tasks, Seconds, Limit, TestContext.Current.CancellationToken);

    private static void CheckDoors(List<JsonObject> said)
    {
        Assert.Equal(Combination.All.Select(door => door.ToString()), said.Take(Combination.All.Count).Select(door => (string?)door["door"]));
        Assert.All(said.Take(Combination.All.Count), door => Assert.True((string?)door["read"] == "Good" && (bool)door["isNumber"]!, door.ToJsonString()));
        var strangers = said.Skip(Combination.All.Count).ToList();
        Assert.Equal(2, strangers.Count);
        Assert.All(strangers, stranger => Assert.Contains(nameof(StatusCodes.BadUserAccessDenied), (string?)stranger["failure"], StringComparison.Ordinal));
    }

    private static void CheckRobotics(JsonObject said)
    {
        Assert.True((int)said["problemCount"]! == 0, said["problems"]!.ToJsonString());
        Assert.Equal(
            Parts.OrderBy(part => part.Key, StringComparer.Ordinal),
            said["types"]!.AsObject().Select(part => KeyValuePair.Create(part.Key, (int)part.Value!)).OrderBy(part => part.Key, StringComparer.Ordinal));
        Assert.InRange((int)said["mandatory"]!, MandatoryMin, int.MaxValue);
        Assert.InRange((int)said["units"]!, UnitsMin, int.MaxValue);
    }

    private static void CheckWalk(JsonObject said)
    {
        Assert.True((int)said["problemCount"]! == 0, said["problems"]!.ToJsonString());
        Assert.InRange((int)said["nodes"]!, NodesMin, int.MaxValue);
        Assert.InRange((int)said["attributes"]!, 5 * (int)said["nodes"]!, int.MaxValue);
    }

    /// <summary>The channel's keys are renewed every second and a half: values go on, and none is older than the one before it.</summary>
    private static void CheckItems(JsonObject said)
    {
        Assert.Equal((Items, Items, 0), ((int)said["asked"]!, (int)said["first"]!, (int)said["bad"]!));
        Assert.InRange((int)said["renewals"]!, Seconds / 3, int.MaxValue);
        Assert.Equal(0, (int)said["backwards"]!);
        Assert.True(Proof.IsWhole ? (double)said["axisValuesPerSecond"]! > 10 : (int)said["values"]! > Items, said.ToJsonString());
    }

    private static void CheckMethods(JsonObject said)
    {
        Assert.Equal(
            [
                "Execute", "BadInvalidState", "Good", "Suspended", "Good", "Execute", "Good", "Stopped", "Good", "Idle", "Good", "Execute",
                "Good", "BadInvalidArgument", "BadArgumentsMissing",
            ],
            said["steps"]!.AsArray().Select(step => (string?)step));
        Assert.Equal(123, (int)said["speed"]!);
    }
}
