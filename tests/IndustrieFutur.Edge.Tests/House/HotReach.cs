using System.Reflection;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>Which of our methods can run when others do: it follows every call, and every implementation of what is called by an interface or a base.</summary>
internal sealed class HotReach
{
    private readonly Dictionary<(Module, int), MethodBase[]> _callees = [];
    private readonly ILookup<(Module, int), MethodBase> _implementations;

    /// <param name="assemblies">Where implementations are looked for.</param>
    public HotReach(IReadOnlyList<Assembly> assemblies) =>
        _implementations = assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsInterface: false, ContainsGenericParameters: false })
            .SelectMany(PairsOf)
            .ToLookup(pair => KeyOf(pair.Declared), pair => pair.Done);

    /// <summary>The types whose methods can run, constructors apart; the roots' own included.</summary>
    public IReadOnlySet<Type> TypesFrom(IEnumerable<MethodBase> roots) =>
        MethodsFrom(roots, IsOurs).Where(method => !method.IsConstructor).Select(method => Open(method.DeclaringType!)).ToHashSet();

    /// <summary>Whether a method calls one of the runtime's, by itself or by helpers of its own assembly.</summary>
    public bool Calls(MethodBase method, MethodBase sought) =>
        MethodsFrom([method], callee => callee == sought || callee.Module == method.Module).Contains(sought);

    private HashSet<MethodBase> MethodsFrom(IEnumerable<MethodBase> roots, Func<MethodBase, bool> isFollowed)
    {
        var (seen, toRead) = (new HashSet<MethodBase>(), new Queue<MethodBase>(roots));
        while (toRead.TryDequeue(out var method))
        {
            if (!seen.Add(method) || !IsOurs(method))
            {
                continue;
            }

            foreach (var callee in CalleesOf(method).Where(isFollowed))
            {
                toRead.Enqueue(callee);
            }
        }

        return seen;
    }

    /// <summary>What it calls or makes a delegate of; read once.</summary>
    private MethodBase[] CalleesOf(MethodBase method)
    {
        if (!_callees.TryGetValue(KeyOf(method), out var callees))
        {
            callees = [.. IlReader.Read(method)
                .Select(instruction => instruction.Member)
                .OfType<MethodBase>()
                .SelectMany(callee => IsOurs(callee) ? _implementations[KeyOf(callee)].Append(callee) : [callee])];
            _callees.Add(KeyOf(method), callees);
        }

        return callees;
    }

    private static IEnumerable<(MethodBase Declared, MethodBase Done)> PairsOf(Type type)
    {
        foreach (var declared in type.GetInterfaces().Where(IsOurs))
        {
            var map = type.GetInterfaceMap(declared);
            for (var i = 0; i < map.InterfaceMethods.Length; i++)
            {
                yield return (map.InterfaceMethods[i], map.TargetMethods[i]);
            }
        }

        foreach (var method in IlReader.MethodsOf(type).Where(method => method.IsVirtual && method.GetBaseDefinition() != method))
        {
            yield return (method.GetBaseDefinition(), method);
        }
    }

    private static (Module Module, int Token) KeyOf(MethodBase method) => (method.Module, method.MetadataToken);

    private static bool IsOurs(MethodBase method) => method.DeclaringType is { } type && IsOurs(type);

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("IndustrieFutur.Edge", StringComparison.Ordinal);

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
