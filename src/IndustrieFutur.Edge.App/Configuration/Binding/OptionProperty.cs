using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Configuration.Binding;

/// <summary>One key that an option class offers: its name in JSON, what may stand there and the rules it carries.</summary>
internal sealed class OptionProperty
{
    private readonly PropertyInfo _info;

    public OptionProperty(PropertyInfo info, object? defaults)
    {
        _info = info;
        Key = JsonNamingPolicy.CamelCase.ConvertName(info.Name);
        Type = Nullable.GetUnderlyingType(info.PropertyType) ?? info.PropertyType;
        Shape = ShapeOf(Type);
        IsRequired = info.GetCustomAttribute<RequiredAttribute>() is not null;
        Rules = [.. info.GetCustomAttributes<ValidationAttribute>().Where(rule => rule is not RequiredAttribute)];
        Description = info.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        Default = IsRequired || defaults is null ? null : info.GetValue(defaults);
    }

    public string Key { get; }

    /// <summary>The type of the value, without its question mark.</summary>
    public Type Type { get; }

    public OptionShape Shape { get; }

    /// <summary>What stands under each id of a map or at each place of a list.</summary>
    public Type ElementType => Type.GetGenericArguments()[^1];

    public bool IsRequired { get; }

    /// <summary>Every rule but "required".</summary>
    public IReadOnlyList<ValidationAttribute> Rules { get; }

    public string Description { get; }

    /// <summary>What holds when the key is absent; null when nothing does.</summary>
    public object? Default { get; }

    public T? Rule<T>()
        where T : ValidationAttribute => Rules.OfType<T>().FirstOrDefault();

    public void Set(object options, object value) => _info.SetValue(options, value);

    /// <summary>An enum's value as it is written in JSON.</summary>
    public static string NameOf(object choice) => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString() ?? "");

    public static OptionShape ShapeOf(Type type) => type switch
    {
        _ when type == typeof(string) => OptionShape.Text,
        _ when type == typeof(bool) => OptionShape.Switch,
        _ when type == typeof(double) || type == typeof(float) => OptionShape.Number,
        _ when type == typeof(TimeSpan) => OptionShape.Duration,
        _ when type == typeof(SecretReference) => OptionShape.Secret,
        { IsEnum: true } => OptionShape.Choice,
        { IsPrimitive: true } => OptionShape.Whole,
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) => OptionShape.Map,
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => OptionShape.List,
        { IsClass: true, IsArray: false } => OptionShape.Object,
        _ => throw new InvalidOperationException($"{type} is no type for an option; use a text, number, switch, duration, choice, secret, IReadOnlyList, IReadOnlyDictionary or a class."),
    };
}
