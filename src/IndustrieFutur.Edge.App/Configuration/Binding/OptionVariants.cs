using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Northbound;

namespace IndustrieFutur.Edge.App.Configuration.Binding;

/// <summary>An option class with several forms, told apart by the word under one key: a device by its driver, a sink by its kind.</summary>
/// <param name="Base">The class that the forms derive from.</param>
/// <param name="Key">The key that names the form.</param>
/// <param name="Forms">The class of each form, by the word under the key.</param>
internal sealed record OptionVariants(Type Base, string Key, IReadOnlyDictionary<string, Type> Forms)
{
    /// <summary>The kinds of sinks.</summary>
    public static OptionVariants Sinks { get; } = new(
        typeof(SinkOptions), "sink", new Dictionary<string, Type> { ["mqtt"] = typeof(MqttSinkOptions), ["sparkplug"] = typeof(SparkplugSinkOptions) });

    public static OptionVariants Devices(IEnumerable<DriverKind> kinds) =>
        new(typeof(DeviceOptions), "driver", kinds.ToDictionary(kind => kind.Name, kind => kind.Options));
}
