using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Space;

/// <summary>A variable's value is whole for whoever reads it, and its watchers hear of each Set in order.</summary>
public sealed class UaVariableTests
{
    private const int Sets = 100_000;

    [Fact]
    public void A_reader_never_sees_the_value_of_one_set_with_the_time_of_another()
    {
        var variable = Variable();
        variable.Set(Variant.Of(0L), 0);
        var torn = 0;
        var reader = new Thread(() =>
        {
            DataValue seen;
            do
            {
                seen = variable.Value;
                torn += Equals(seen.Value.Value, seen.SourceTimestamp) ? 0 : 1;
            }
            while (seen.SourceTimestamp < Sets);
        });
        reader.Start();

        for (var number = 1L; number <= Sets; number++)
        {
            variable.Set(Variant.Of(number), number);
        }

        Assert.True(reader.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, torn);
    }

    [Fact]
    public void A_watcher_that_comes_while_others_set_misses_nothing_after_its_first_reading()
    {
        var variable = Variable();
        variable.Set(Variant.Of(0L), 0);
        var setter = new Thread(() =>
        {
            for (var number = 1L; number <= Sets; number++)
            {
                variable.Set(Variant.Of(number), number);
            }
        });
        setter.Start();
        var watcher = new Recorder();
        variable.Watch(watcher);
        var first = variable.Value.SourceTimestamp;
        Assert.True(setter.Join(TimeSpan.FromSeconds(30)));

        Assert.Equal(Sets, variable.Value.SourceTimestamp);
        Assert.Equal(Enumerable.Range((int)first + 1, Sets - (int)first).Select(number => (long)number), watcher.Times.Where(time => time > first));
    }

    [Fact]
    public void Watchers_hear_of_each_set_until_they_go()
    {
        var variable = Variable();
        var first = new Recorder();
        var second = new Recorder();
        variable.Watch(first);
        variable.Watch(second);
        variable.Set(Variant.Of(1L), 1);
        variable.Unwatch(first);
        variable.Set(Variant.Of(2L), 2);

        Assert.Equal([1], first.Times);
        Assert.Equal([1, 2], second.Times);
    }

    [Fact]
    public void A_variable_begins_with_null_that_is_good_or_with_what_its_model_gives_it()
    {
        var made = 0;
        var given = new UaVariable(new NodeId(1, "x"), new QualifiedName(1, "x")) { Initial = () => Variant.Of(++made) };

        Assert.True(Variable().Value is { Status: StatusCodes.Good, Value.IsNull: true });
        Assert.Equal(1, given.Value.Value.Value);
        Assert.Equal(1, given.Value.Value.Value);
    }

    [Fact]
    public void A_read_handler_makes_the_value_anew_each_time()
    {
        var variable = Variable();
        var readings = 0;
        variable.ReadHandler = () => new DataValue(Variant.Of(++readings));

        Assert.Equal(1, variable.Attribute(AttributeIds.Value).Value.Value);
        Assert.Equal(2, variable.Attribute(AttributeIds.Value).Value.Value);
    }

    [Fact]
    public void A_method_is_executable_once_it_has_a_handler()
    {
        var method = new UaMethod(new NodeId(1, "m"), new QualifiedName(1, "m"));
        Assert.Equal(false, method.Attribute(AttributeIds.Executable).Value.Value);

        method.Handler = _ => MethodAnswer.Good();

        Assert.Equal(true, method.Attribute(AttributeIds.UserExecutable).Value.Value);
    }

    private static UaVariable Variable() => new(new NodeId(1, "v"), new QualifiedName(1, "v"));

    /// <summary>Keeps the times of what it hears.</summary>
    private sealed class Recorder : IValueWatcher
    {
        public List<long> Times { get; } = [];

        public void Changed(UaVariable variable, DataValue value) => Times.Add(value.SourceTimestamp);
    }
}
