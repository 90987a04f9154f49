using System.Reflection;
using IndustrieFutur.Edge.Core.Orders;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>Only the command gate makes an order and posts it: read from the compiled code, so that no trick of the compiler's rules gets by.</summary>
public sealed class OrderTests
{
    /// <summary>All that is shipped, Core and Control apart.</summary>
    private static readonly string[] Others =
    [
        "ifedge", "ifedge-sampler", "cell-sim", "IndustrieFutur.Edge.Drivers", "IndustrieFutur.Edge.Protocols", "IndustrieFutur.Edge.OpcUa",
        "IndustrieFutur.Edge.Northbound", "IndustrieFutur.Edge.Historian",
    ];

    [Fact]
    public void Nobody_but_the_gate_makes_or_posts_an_order()
    {
        var offences = Others.SelectMany(name => Assembly.Load(name).GetTypes()).SelectMany(OffencesOf);

        Guard.FindsNone(offences);
    }

    [Fact]
    public void The_gate_itself_is_seen_to_do_so()
    {
        var offences = Assembly.Load("IndustrieFutur.Edge.Control").GetTypes().SelectMany(OffencesOf).ToArray();

        Assert.Contains(offences, offence => offence.Contains("Order..ctor", StringComparison.Ordinal));
        Assert.Contains(offences, offence => offence.Contains("OrderBox.TryPost", StringComparison.Ordinal));
    }

    [Fact]
    public void An_offence_is_named() =>
        Assert.Equal(["OrderTests+Offender.Make: newobj Order..ctor", "OrderTests+Offender.Make: call OrderBox.TryPost"], OffencesOf(typeof(Offender)));

    [Fact]
    public void An_order_and_a_box_have_no_public_way_in()
    {
        Assert.Empty(typeof(Order).GetConstructors());
        Assert.DoesNotContain(typeof(Order).GetProperties(), property => property.SetMethod is { IsPublic: true });
        Assert.Equal(
            ["BytesNeeded", "get_Count", "get_HasPosted"],
            typeof(OrderBox).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(method => method.Name).Order());
    }

    [Fact]
    public void Core_shows_its_inside_to_the_gate_and_to_tests_alone()
    {
        var friends = typeof(Order).Assembly.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);

        Assert.Equal(
            ["IndustrieFutur.Edge.Benchmarks", "IndustrieFutur.Edge.Cell.Tests", "IndustrieFutur.Edge.Control", "IndustrieFutur.Edge.Tests"],
            friends.Order());
    }

    private static IEnumerable<string> OffencesOf(Type type) =>
        from method in IlReader.MethodsOf(type).Cast<MethodBase>().Concat(IlReader.ConstructorsOf(type))
        from instruction in IlReader.Read(method)
        let called = instruction.Member as MethodBase
        where called is not null && IsWayIn(called)
        select $"{NameOf(type)}.{method.Name}: {(instruction.Code.Name == "newobj" ? "newobj" : "call")} {called.DeclaringType!.Name}.{called.Name}";

    private static bool IsWayIn(MethodBase called) =>
        (called.DeclaringType == typeof(Order) && called.IsConstructor)
        || (called.DeclaringType == typeof(OrderBox) && called.Name.StartsWith("Try", StringComparison.Ordinal));

    private static string NameOf(Type type) => type.DeclaringType is null ? type.Name : $"{type.DeclaringType.Name}+{type.Name}";

    private sealed class Offender(OrderBox box)
    {
        public bool Make() => box.TryPost(0, new Order());
    }
}
