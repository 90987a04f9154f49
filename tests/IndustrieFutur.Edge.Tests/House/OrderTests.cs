using System.Globalization;
using System.Reflection;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Core.Orders;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>Only the command gate makes an order and posts it: read from the compiled code, so that no trick of the compiler's rules gets by.</summary>
public sealed class OrderTests
{
    /// <summary>What the eight assemblies hold at the very least.</summary>
    private const int MethodsMin = 2_000;

    private const int SeedsSown = 5;

    /// <summary>All that is shipped, Core and Control apart.</summary>
    private static readonly string[] Others =
    [
        "ifedge", "ifedge-sampler", "cell-sim", "IndustrieFutur.Edge.Drivers", "IndustrieFutur.Edge.Protocols", "IndustrieFutur.Edge.OpcUa",
        "IndustrieFutur.Edge.Northbound", "IndustrieFutur.Edge.Historian",
    ];

    [Fact]
    [Trait("Proof", "command-forbidden")]
    public void Nobody_but_the_gate_makes_or_posts_an_order()
    {
        var types = Others.SelectMany(name => Assembly.Load(name).GetTypes()).ToArray();

        Guard.FindsNone(types.SelectMany(OffencesOf));

        // A guard that reads nothing finds nothing either.
        var seeds = OffencesOf(typeof(Offender)).Count();
        var (methods, instructions) = (types.Sum(type => MethodsOf(type).Count()), types.Sum(type => MethodsOf(type).Sum(method => IlReader.Read(method).Count)));
        Assert.True(methods > MethodsMin && seeds == SeedsSown, $"{methods} methods read, {seeds} of {SeedsSown} sown offences found");
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{methods} methods ({instructions} instructions) of {Others.Length} shipped assemblies besides Core and Control read: none makes, fills or posts an order; {seeds} of {SeedsSown} sown offences named"));
    }

    [Fact]
    public void The_gate_itself_is_seen_to_do_so()
    {
        var offences = Assembly.Load("IndustrieFutur.Edge.Control").GetTypes().SelectMany(OffencesOf).ToArray();

        Assert.Contains(offences, offence => offence.Contains("Order..ctor", StringComparison.Ordinal));
        Assert.Contains(offences, offence => offence.Contains("OrderBox.TryPost", StringComparison.Ordinal));
    }

    [Fact]
    public void An_offence_is_named() => Assert.Equal(
        [
            "OrderTests+Offender.Fill: call Order.get_Values",
            "OrderTests+Offender.Fill: call Order.set_Command",
            "OrderTests+Offender.Make: call OrderBox.TryPost",
            "OrderTests+Offender.Make: newobj Order..ctor",
            "OrderTests+Offender.Reflect: ldtoken Order",
        ],
        OffencesOf(typeof(Offender)).Order(StringComparer.Ordinal));

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

    private static IEnumerable<MethodBase> MethodsOf(Type type) => IlReader.MethodsOf(type).Cast<MethodBase>().Concat(IlReader.ConstructorsOf(type));

    private static IEnumerable<string> OffencesOf(Type type) =>
        from method in MethodsOf(type)
        from instruction in IlReader.Read(method)
        let said = OffenceOf(instruction)
        where said is not null
        select $"{NameOf(type)}.{method.Name}: {said}";

    private static string? OffenceOf(IlInstruction instruction) => instruction.Member switch
    {
        MethodBase called when IsWayIn(called) => $"{(instruction.Code.Name == "newobj" ? "newobj" : "call")} {called.DeclaringType!.Name}.{called.Name}",
        Type type when instruction.Code.Name == "ldtoken" && (type == typeof(Order) || type == typeof(OrderBox)) => $"ldtoken {type.Name}",
        _ => null,
    };

    /// <summary>To make one, to fill one, to give one to a link.</summary>
    private static bool IsWayIn(MethodBase called) =>
        (called.DeclaringType == typeof(Order) && (called.IsConstructor || called.Name == "get_Values" || called.Name.StartsWith("set_", StringComparison.Ordinal)))
        || (called.DeclaringType == typeof(OrderBox) && called.Name.StartsWith("Try", StringComparison.Ordinal));

    private static string NameOf(Type type) => type.DeclaringType is null ? type.Name : $"{type.DeclaringType.Name}+{type.Name}";

    private sealed class Offender(OrderBox box)
    {
        public static void Fill(Order order)
        {
            order.Command = 1;
            order.Values[0] = 1;
        }

        public static object? Reflect() => Activator.CreateInstance(typeof(Order), nonPublic: true);

        public bool Make() => box.TryPost(0, new Order());
    }
}
