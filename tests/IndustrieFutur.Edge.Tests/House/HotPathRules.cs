using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>
/// Reads the compiled code of a [HotPath] type: nothing that makes an object, nothing that throws, and calls only to what is known to
/// do neither. Constructors and Dispose are exempt: they run at start-up and at the end, check everything, take the memory and give it back.
/// </summary>
internal sealed class HotPathRules
{
    private static readonly HashSet<OpCode> Forbidden =
        [OpCodes.Box, OpCodes.Newarr, OpCodes.Throw, OpCodes.Rethrow, OpCodes.Ldftn, OpCodes.Ldvirtftn, OpCodes.Calli];

    /// <summary>Types of the runtime whose methods neither allocate nor wait.</summary>
    private static readonly HashSet<Type> AllowedTypes =
    [
        typeof(Volatile), typeof(Interlocked), typeof(Math), typeof(BitOperations), typeof(BitConverter), typeof(BinaryPrimitives),
        typeof(Unsafe), typeof(MemoryMarshal), typeof(Span<>), typeof(ReadOnlySpan<>), typeof(Stopwatch), typeof(Sse), typeof(Sse42), typeof(Sse42.X64),
        typeof(double), typeof(float), typeof(long), typeof(ulong), typeof(int), typeof(uint), typeof(short), typeof(ushort),
        typeof(byte), typeof(sbyte), typeof(bool),
    ];

    /// <summary>Of types that also hold what is not allowed.</summary>
    private static readonly HashSet<string> AllowedMethods =
    [
        "RuntimeHelpers.CreateSpan", "RuntimeHelpers.IsReferenceOrContainsReferences", "MemoryExtensions.AsSpan",
        "MemoryExtensions.SequenceEqual", "MemoryExtensions.IndexOf", "MemoryExtensions.StartsWith", "NativeMemory.Clear",
    ];

    private readonly Queue<MethodBase> _toRead = new();
    private readonly HashSet<MethodBase> _seen = [];
    private readonly List<string> _offences = [];
    private readonly HashSet<HotPathAllowance> _used = [];

    /// <summary>The allowances that the code read so far made use of.</summary>
    public IReadOnlySet<HotPathAllowance> Used => _used;

    public static IEnumerable<Type> HotTypesOf(Assembly assembly) => assembly.GetTypes().Where(IsHot);

    /// <summary>What a type does that it must not, as "Type.Method: what".</summary>
    public IReadOnlyList<string> OffencesOf(Type type)
    {
        _offences.Clear();
        Enqueue(type);
        while (_toRead.TryDequeue(out var method))
        {
            foreach (var instruction in IlReader.Read(method))
            {
                Judge(method, instruction);
            }
        }

        return [.. _offences];
    }

    private void Enqueue(Type type)
    {
        foreach (var method in IlReader.MethodsOf(type).Where(method => method.Name != nameof(IDisposable.Dispose)))
        {
            Enqueue(method);
        }

        foreach (var nested in IlReader.NestedOf(type))
        {
            Enqueue(nested);
        }
    }

    private void Enqueue(MethodBase method)
    {
        if (_seen.Add(method))
        {
            _toRead.Enqueue(method);
        }
    }

    private void Judge(MethodBase method, IlInstruction instruction)
    {
        if (Forbidden.Contains(instruction.Code))
        {
            Add(method, $"{instruction.Code.Name} {instruction.Member?.Name}");
            return;
        }

        if (instruction.Member is not MethodBase callee || callee.DeclaringType is null)
        {
            return;
        }

        if (instruction.Code == OpCodes.Newobj && !callee.DeclaringType.IsValueType)
        {
            Add(method, $"newobj {callee.DeclaringType.Name}");
            return;
        }

        if (!MayCall(method, callee))
        {
            Add(method, $"{instruction.Code.Name} {NameOf(callee)}");
        }
    }

    private bool MayCall(MethodBase method, MethodBase callee)
    {
        var type = Open(callee.DeclaringType!);
        if (IsHot(type) || type == Open(method.DeclaringType!) || AllowedTypes.Contains(type) || AllowedMethods.Contains(NameOf(callee)))
        {
            return true;
        }

        // A struct of ours (a sample, a verdict) is a value, not a hot type of its own; what is called of it is read like the caller.
        if (type.IsValueType && IsOurs(type))
        {
            Enqueue(callee);
            return true;
        }

        if (type.Name == "<PrivateImplementationDetails>")
        {
            return !callee.Name.StartsWith("Throw", StringComparison.Ordinal);
        }

        return IsAllowance(NameOf(method), NameOf(callee));
    }

    private bool IsAllowance(string caller, string callee)
    {
        var allowance = HotPathAllowance.All.SingleOrDefault(known => known.Caller == caller && known.Callee == callee);
        if (allowance is null)
        {
            return false;
        }

        _used.Add(allowance);
        return true;
    }

    private void Add(MethodBase method, string what) => _offences.Add($"{NameOf(method)}: {what.TrimEnd()}");

    private static string NameOf(MethodBase method) => $"{method.DeclaringType?.Name}.{method.Name}";

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    // By name, so that a project which does not see Core may have an attribute of its own.
    public static bool IsHot(Type type) =>
        type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == nameof(HotPathAttribute))
        || (type.DeclaringType is { } outer && IsHot(outer));

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("IndustrieFutur.Edge", StringComparison.Ordinal);
}
