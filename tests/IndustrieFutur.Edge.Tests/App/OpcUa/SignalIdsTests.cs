using IndustrieFutur.Edge.App.OpcUa;

namespace IndustrieFutur.Edge.Tests.App.OpcUa;

/// <summary>Ids that an integrator would have chosen, and that the configuration takes.</summary>
public sealed class SignalIdsTests
{
    [Fact]
    public void The_last_name_is_enough_when_it_is_the_only_one() =>
        Assert.Equal(["temperature", "speed"], For(["Plant/Tank/Température", "Plant/Motor/Speed"]));

    [Fact]
    public void Equal_names_take_as_much_of_their_path_as_tells_them_apart() =>
        Assert.Equal(
            ["axis_1.actualposition", "axis_2.actualposition", "load"],
            For(["Axes/Axis_1/ParameterSet/ActualPosition", "Axes/Axis_2/ParameterSet/ActualPosition", "Load"]));

    [Fact]
    public void Equal_paths_get_a_number() =>
        Assert.Equal(["a.b", "a.b_2", "a.b_3"], For(["A/B", "A/B", "a/b"]));

    [Fact]
    public void Every_id_is_one_that_the_configuration_takes()
    {
        var paths = Enumerable.Range(0, 300).Select(i => $"Très/long {new string('x', 100)}/Température n° {i % 7}").ToArray();

        var ids = For(paths);

        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_.-]{1,80}$", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void A_part_has_the_name_of_its_variable_before_its_own() =>
        Assert.Equal(
            ["tool.position.x", "tool.codes.0", "doubles.2", "matrix.1.2", "axes.3.speed"],
            SignalIds.For([("Cell/Tool", ".Position.X"), ("Cell/Tool", ".Codes[0]"), ("Cell/Doubles", "[2]"), ("Cell/Matrix", "[1,2]"), ("Cell/Axes", "[3].Speed")]));

    [Fact]
    public void Parts_of_variables_of_one_name_take_as_much_of_the_path_as_tells_them_apart() =>
        Assert.Equal(["left.tool.x", "right.tool.x"], SignalIds.For([("Left/Tool", ".X"), ("Right/Tool", ".X")]));

    private static IReadOnlyList<string> For(IEnumerable<string> paths) => SignalIds.For([.. paths.Select(path => (path, ""))]);
}
