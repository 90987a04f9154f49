using System.Reflection;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>
/// What the synchronous drivers must not touch, so that the isolated sampler, a small process without a host, can take them as
/// they are: tasks, and anything of Microsoft.Extensions.
/// </summary>
internal static class SynchronousRules
{
    public static IReadOnlyList<string> OffencesOf(Type type)
    {
        var touched = FieldTypes(type).Concat(SignatureTypes(type)).Concat(CalledTypes(type));
        var nested = IlReader.NestedOf(type).SelectMany(OffencesOf);
        return [.. touched.SelectMany(Parts).Where(IsForbidden).Select(other => $"{type.FullName} uses {other.FullName ?? other.Name}").Concat(nested).Distinct()];
    }

    private static IEnumerable<Type> FieldTypes(Type type) => IlReader.FieldsOf(type).Select(field => field.FieldType);

    private static IEnumerable<Type> SignatureTypes(Type type) =>
        IlReader.MethodsOf(type)
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .Concat(IlReader.ConstructorsOf(type).SelectMany(made => made.GetParameters()).Select(parameter => parameter.ParameterType));

    private static IEnumerable<Type> CalledTypes(Type type) =>
        IlReader.MethodsOf(type).Cast<MethodBase>().Concat(IlReader.ConstructorsOf(type))
            .SelectMany(IlReader.Read)
            .Select(instruction => instruction.Member as Type ?? instruction.Member?.DeclaringType)
            .OfType<Type>();

    /// <summary>The type itself and, for List&lt;Task&gt; or Task[], what it is made of.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        yield return type;
        foreach (var part in type.HasElementType ? [type.GetElementType()!] : type.GetGenericArguments())
        {
            foreach (var inner in Parts(part))
            {
                yield return inner;
            }
        }
    }

    private static bool IsForbidden(Type type) =>
        type.Namespace is "System.Threading.Tasks"
        || (type.Namespace is "System.Runtime.CompilerServices" && type.Name.StartsWith("Async", StringComparison.Ordinal))
        || type.Namespace?.StartsWith("Microsoft.Extensions", StringComparison.Ordinal) == true;
}
