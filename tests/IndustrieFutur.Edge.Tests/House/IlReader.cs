using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>Reads the instructions of compiled methods (ECMA-335, partition III), so that guards can hold code to rules the compiler does not know.</summary>
internal static class IlReader
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>By value; the two-byte codes carry 0xFE in the upper byte.</summary>
    private static readonly Dictionary<ushort, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => unchecked((ushort)code.Value));

    /// <summary>Every method a type declares itself, constructors apart.</summary>
    public static IEnumerable<MethodInfo> MethodsOf(Type type) => type.GetMethods(Declared);

    public static IEnumerable<ConstructorInfo> ConstructorsOf(Type type) => type.GetConstructors(Declared);

    public static IEnumerable<FieldInfo> FieldsOf(Type type) => type.GetFields(Declared);

    /// <summary>The types declared inside a type, those that the compiler made for lambdas and iterators included.</summary>
    public static IEnumerable<Type> NestedOf(Type type) => type.GetNestedTypes(Declared);

    /// <summary>The instructions of a method; none when it has no body.</summary>
    public static IReadOnlyList<IlInstruction> Read(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray();
        if (il is null)
        {
            return [];
        }

        var instructions = new List<IlInstruction>();
        for (var at = 0; at < il.Length;)
        {
            var code = CodeAt(il, ref at);
            instructions.Add(new IlInstruction(code, MemberAt(method, code, il, at)));
            at += OperandLength(code, il, at);
        }

        return instructions;
    }

    private static OpCode CodeAt(byte[] il, ref int at)
    {
        ushort value = il[at++];
        if (value == 0xFE)
        {
            value = (ushort)(0xFE00 | il[at++]);
        }

        return Codes[value];
    }

    private static MemberInfo? MemberAt(MethodBase method, OpCode code, byte[] il, int at)
    {
        if (code.OperandType is not (OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok))
        {
            return null;
        }

        // A token inside a generic type means nothing without the type's and the method's own arguments.
        var token = BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at));
        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, typeArguments, methodArguments);
    }

    private static int OperandLength(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at))),
        _ => 4,
    };
}
