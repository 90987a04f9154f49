namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Server;

/// <summary>The inspection of OPC UA Robotics that a proof rests on finds out a robot that is not what its type says.</summary>
[Trait("Category", "Foreign")]
public sealed class HollowRobotTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_robot_without_parts_and_values_is_found_out()
    {
        using var server = new VisitedServer();
        server.AddHollowRobot();
        var pki = Directory.CreateTempSubdirectory("edge-opcua-visitor-").FullName;
        try
        {
            using var visitor = new NodeProcess("cell_visitor.js", ["--url", server.Server.EndpointUrl, "--task", "robotics", "--pki", pki]);
            var said = await visitor.HearAsync("robotics", Limit, TestContext.Current.CancellationToken);
            var problems = said["problems"]!.AsArray().Select(problem => (string)problem!).ToList();

            Assert.Contains(problems, problem => problem.StartsWith("Hollow/Controllers: no ", StringComparison.Ordinal));
            Assert.Contains(problems, problem => problem.StartsWith("Hollow/SafetyStates: no ", StringComparison.Ordinal));
            Assert.Contains(problems, problem => problem.StartsWith("Hollow/MotionDevices/Arm/Axes: no ", StringComparison.Ordinal));
            Assert.Contains("Hollow/MotionDevices/Arm/ParameterSet/SpeedOverride: has a value of Null (Good), not of Double", problems);
            Assert.Equal(problems.Count, (int)said["problemCount"]!);
        }
        finally
        {
            Directory.Delete(pki, recursive: true);
        }
    }
}
