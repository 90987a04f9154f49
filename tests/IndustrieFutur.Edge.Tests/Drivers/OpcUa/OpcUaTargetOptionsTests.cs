using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers.OpcUa;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa;

/// <summary>Every mistake in a target is told at its key; what it can do is read off it.</summary>
public sealed class OpcUaTargetOptionsTests
{
    private const string Node = "nsu=urn:plc;s=Speed";
    private const string PackMl = "/nsu=http://opcfoundation.org/UA/PackML/:";
    private const string Robotics = "/nsu=http://opcfoundation.org/UA/Robotics/:";

    [Fact]
    public void Variables_and_methods_that_are_named_once_are_in_order()
    {
        Assert.Empty(Check(new() { Node = Node, Type = OpcUaNumber.F64, StopValue = 0 }));
        Assert.Empty(Check(new() { Path = "/nsu=urn:plc:Cell/Speed", Type = OpcUaNumber.I32, Packml = true }));
        Assert.Empty(Check(new() { Object = "/nsu=urn:plc:Cell", Method = PackMl + "SetMachSpeed", Arguments = [OpcUaNumber.F32], StopValue = 0 }));
        Assert.Empty(Check(new() { Object = Node, Method = "nsu=urn:plc;i=7" }));
    }

    [Fact]
    public void A_variable_that_is_not_named_rightly_is_told()
    {
        Told(new() { Type = OpcUaNumber.F64 }, "node", "names nothing");
        Told(new() { Node = Node, Path = "/A", Type = OpcUaNumber.F64 }, "path", "twice");
        Told(new() { Node = "ns=2;s=Speed", Type = OpcUaNumber.F64 }, "node", "namespace's index");
        Told(new() { Path = "Speed", Type = OpcUaNumber.F64 }, "path", "begin with '/'");
        Told(new() { Node = "/A", Type = OpcUaNumber.F64 }, "node", "is no node id");
        Told(new() { Node = Node }, "type", "does not say what is written");
        Told(new() { Node = Node, Type = OpcUaNumber.F64, Arguments = [OpcUaNumber.F64] }, "arguments", "only a method");
        Told(new() { Node = Node, Type = OpcUaNumber.F32, Packml = true }, "type", "whole number");
        Told(new() { Node = Node, Type = OpcUaNumber.U8, StopValue = -1 }, "stopValue", "does not hold");
    }

    [Fact]
    public void A_method_that_is_not_named_rightly_is_told()
    {
        Told(new() { Method = Node }, "object", "called on an object");
        Told(new() { Object = Node }, "method", "no method");
        Told(new() { Object = Node, Method = Node, Node = Node }, "node", "two targets");
        Told(new() { Object = Node, Method = Node, Type = OpcUaNumber.F64 }, "type", "under \"arguments\"");
        Told(new() { Object = Node, Method = Node, Packml = true }, "packml", "known by their names");
        Told(new() { Object = Node, Method = Node, StopValue = 0 }, "stopValue", "one argument");
        Told(new() { Object = "s=Cell", Method = Node }, "object", "has no namespace");
        Told(new() { Object = Node, Method = "/" }, "method", "a name is missing");
    }

    [Fact]
    public void What_is_never_commanded_cannot_be_a_target()
    {
        Told(new() { Object = Node, Method = Robotics + "GetReady" }, "method", "never commanded from here");
        Told(new() { Object = Node, Method = "nsu=http://opcfoundation.org/UA/Robotics/;i=7003" }, "method", "making a robot ready");
        Told(new() { Object = "nsu=urn:v;s=Robot.Jog", Method = Node }, "object", "jogging");
        Told(new() { Node = "nsu=urn:v;s=Robot.Power_On", Type = OpcUaNumber.Bool }, "node", "power on");
        Told(new() { Path = "/nsu=urn:v:Robot/ReleaseBrakes", Type = OpcUaNumber.Bool }, "path", "releasing brakes");
        Told(new() { Path = Robotics + "SafetyStates/nsu=urn:v:S/Mode", Type = OpcUaNumber.I32 }, "path", "safety state");
    }

    [Theory]
    [InlineData("Stop", true)]
    [InlineData("Hold", true)]
    [InlineData("Suspend", true)]
    [InlineData("Abort", true)]
    [InlineData("Start", false)]
    [InlineData("Clear", false)]
    public void Stops_of_PackML_are_known_by_their_names(string method, bool isStop) =>
        Assert.Equal(isStop, new OpcUaTargetOptions { Object = Node, Method = PackMl + method }.Stops([]));

    [Fact]
    public void A_method_of_that_name_in_another_namespace_is_no_stop()
    {
        Assert.False(new OpcUaTargetOptions { Object = Node, Method = "/nsu=urn:v:Stop" }.Stops([]));
        Assert.False(new OpcUaTargetOptions { Object = Node, Method = "nsu=http://opcfoundation.org/UA/PackML/;s=Stop" }.Stops([]));
    }

    [Fact]
    public void The_value_that_stops_is_a_stop_and_others_are_not()
    {
        var target = new OpcUaTargetOptions { Object = Node, Method = Node, Arguments = [OpcUaNumber.F32], StopValue = 0 };

        Assert.True(target.Stops([0]));
        Assert.False(target.Stops([1]));
    }

    [Fact]
    public void The_specification_s_Start_sets_in_motion_and_so_does_what_says_it()
    {
        Assert.True(new OpcUaTargetOptions { Object = Node, Method = Robotics + "Start" }.SetsInMotion);
        Assert.True(new OpcUaTargetOptions { Object = Node, Method = "nsu=http://opcfoundation.org/UA/Robotics/;i=7004" }.SetsInMotion);
        Assert.True(new OpcUaTargetOptions { Object = Node, Method = Node, Motion = true }.SetsInMotion);
        Assert.False(new OpcUaTargetOptions { Object = Node, Method = Robotics + "Stop" }.SetsInMotion);
    }

    [Fact]
    public void Values_that_the_type_does_not_hold_are_told()
    {
        var target = new OpcUaTargetOptions { Node = Node, Type = OpcUaNumber.U8 };

        Assert.Null(target.MistakeIn(255));
        Assert.Contains("\"u8\"", target.MistakeIn(256), StringComparison.Ordinal);
        Assert.Null(new OpcUaTargetOptions { Object = Node, Method = Node }.MistakeIn(0.5));
    }

    [Fact]
    public void A_device_s_targets_are_checked_and_come_in_the_order_of_the_file()
    {
        var options = new OpcUaOptions
        {
            Endpoint = "opc.tcp://plc:4840",
            Groups = new Dictionary<string, OpcUaGroupOptions>
            {
                ["all"] = new() { Signals = new Dictionary<string, OpcUaSignalOptions> { ["s"] = new() { Node = Node, Type = OpcUaType.F64 } } },
            },
            Targets = new OrderedDictionary<string, OpcUaTargetOptions>
            {
                ["z"] = new() { Node = Node, Type = OpcUaNumber.F64 },
                ["a"] = new() { Node = Node },
            },
        };
        var mistakes = new Mistakes();

        options.Check(mistakes);

        Assert.Equal(["z", "a"], options.CommandTargets().Select(target => target.Key));
        Assert.Equal(["targets", "a", "type"], Assert.Single(mistakes.All).Path);
    }

    private static void Told(OpcUaTargetOptions target, string key, string part)
    {
        var mistake = Assert.Single(Check(target));

        Assert.Equal([key], mistake.Path);
        Assert.Contains(part, mistake.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Mistake> Check(OpcUaTargetOptions target)
    {
        var mistakes = new Mistakes();
        target.Check(mistakes);
        return mistakes.All;
    }
}
