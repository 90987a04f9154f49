using System.Reflection;

namespace IndustrieFutur.Edge.App.Configuration.Binding;

/// <summary>What every option class offers, read once by reflection: one truth for reading a file, for its mistakes and for the JSON Schema.</summary>
internal sealed class OptionModel(OptionVariants devices)
{
    private readonly OptionVariants[] _variants = [devices, OptionVariants.Sinks];
    private readonly Dictionary<Type, IReadOnlyList<OptionProperty>> _properties = [];

    /// <summary>The forms that a class has; null when it is its only one.</summary>
    public OptionVariants? VariantsOf(Type type) => Array.Find(_variants, variants => variants.Base == type);

    /// <summary>The keys of a class; what its base class offers comes first.</summary>
    public IReadOnlyList<OptionProperty> PropertiesOf(Type type)
    {
        if (!_properties.TryGetValue(type, out var properties))
        {
            var defaults = type.IsAbstract ? null : Create(type);
            properties = [.. Writable(type).Select(info => new OptionProperty(info, defaults))];
            _properties.Add(type, properties);
        }

        return properties;
    }

    public static object Create(Type type) =>
        Activator.CreateInstance(type, nonPublic: true) ?? throw new InvalidOperationException($"{type} cannot be made without arguments.");

    /// <summary>Every key found at or below a class, each with the keys that lead there: a key in the wrong place is told its right one.</summary>
    public IEnumerable<(string Key, string Where)> KeysBelow(Type type) => KeysBelow(type, "", []);

    private IEnumerable<(string Key, string Where)> KeysBelow(Type type, string where, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            yield break;
        }

        foreach (var property in PropertiesOf(type))
        {
            yield return (property.Key, where);
            foreach (var (below, step) in Below(property))
            {
                foreach (var found in KeysBelow(below, $"{where}{property.Key}{step}.", seen))
                {
                    yield return found;
                }
            }
        }
    }

    private IEnumerable<(Type Type, string Step)> Below(OptionProperty property)
    {
        var (type, step) = property.Shape switch
        {
            OptionShape.Map => (property.ElementType, ".<id>"),
            OptionShape.List => (property.ElementType, "[]"),
            _ => (property.Type, ""),
        };
        if (OptionProperty.ShapeOf(type) != OptionShape.Object)
        {
            return [];
        }

        return VariantsOf(type) is { } variants ? variants.Forms.Values.Select(form => (form, step)) : [(type, step)];
    }

    private static IEnumerable<PropertyInfo> Writable(Type type)
    {
        var inherited = type.BaseType is { } parent && parent != typeof(object) ? Writable(parent) : [];
        var own = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(info => info.SetMethod is { IsPublic: true } && info.GetIndexParameters().Length == 0)
            .OrderBy(info => info.MetadataToken);
        return inherited.Concat(own).DistinctBy(info => info.Name);
    }
}
