using IndustrieFutur.Edge.App.OpcUa;

namespace IndustrieFutur.Edge.Tests.App.OpcUa;

/// <summary>Choosing nodes by their path.</summary>
public sealed class PathGlobTests
{
    [Theory]
    [InlineData("DeviceSet/Arm/Axis_1", "DeviceSet/Arm/Axis_1", true)]
    [InlineData("deviceset/arm/axis_1", "DeviceSet/Arm/Axis_1", true)]
    [InlineData("DeviceSet/*/Axis_?", "DeviceSet/Arm/Axis_1", true)]
    [InlineData("DeviceSet/*", "DeviceSet/Arm/Axis_1", false)]
    [InlineData("DeviceSet/**", "DeviceSet/Arm/Axis_1", true)]
    [InlineData("**/Axis_*", "DeviceSet/Arm/Axis_1", true)]
    [InlineData("**/Axis_*", "Axis_1", true)]
    [InlineData("**/Arm", "DeviceSet/Arm/Axis_1", false)]
    [InlineData("/DeviceSet/Arm", "DeviceSet/Arm", true)]
    [InlineData("Tank [1]/*", "Tank [1]/Level", true)]
    [InlineData("Tank [1]/*", "Tank 1/Level", false)]
    public void A_star_stays_within_a_name_and_two_go_over_many(string glob, string path, bool matches) =>
        Assert.Equal(matches, new PathGlob(glob).Matches(path));
}
