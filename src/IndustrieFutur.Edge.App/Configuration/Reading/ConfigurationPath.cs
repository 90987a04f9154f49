using System.Globalization;

namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>The keys that lead to a value, as a person reads them: <c>devices.plc.groups.fast</c>; an entry of a list is <c>historians[0]</c>.</summary>
internal static class ConfigurationPath
{
    public static string Join(string path, string key)
    {
        var said = key.Length is > 0 and <= 80 && !key.Any(char.IsControl) ? key : $"\"{new string([.. key.Where(c => !char.IsControl(c)).Take(80)])}\"";
        return path.Length == 0 ? said : $"{path}.{said}";
    }

    public static string Join(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
