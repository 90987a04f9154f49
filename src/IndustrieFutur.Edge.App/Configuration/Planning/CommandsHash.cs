using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IndustrieFutur.Edge.Control;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>
/// The hash that is armed: what may be commanded, by whom, when, what it writes, and what the signals mean that decide. Where a device is
/// found is not in it, so that what was rehearsed on the simulator is what is armed on the machine.
/// </summary>
internal static class CommandsHash
{
    /// <summary>Changes when the canonical text below changes its form.</summary>
    private const string Form = "commands-1";

    /// <summary>What is not written is left out, so that a key that a later version adds does not disarm anybody.</summary>
    private static readonly JsonSerializerOptions Written = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <param name="options">As written.</param>
    /// <param name="signals">All that the commands rest on, by index.</param>
    public static ulong Of(EdgeOptions options, IReadOnlyList<int> signals)
    {
        var written = options.Commands!;
        var text = new StringBuilder();
        Append(text, Form, written.Lease.Ticks, written.SparkplugUser, string.Join(',', written.SafetySignals));
        foreach (var (id, command) in written.Commands)
        {
            Append(text, "command", id, Json(command), Target(options, command));
        }

        foreach (var (id, reaction) in written.Reactions)
        {
            Append(text, "reaction", id, Json(reaction));
        }

        var entries = options.Devices.SelectMany(device => device.Value.Entries().Select(entry => (Device: device.Key, Entry: entry))).ToArray();
        foreach (var (device, entry) in signals.Select(signal => entries[signal]))
        {
            Append(text, "signal", device, entry.Id, Json(entry.Options));
        }

        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Target(EdgeOptions options, CommandOptions command) =>
        command.Target.Split('/') is [var device, var id] && options.Devices.TryGetValue(device, out var written)
            ? written.Driver + written.TargetTerms + string.Concat(written.CommandTargets().Where(target => target.Key == id).Select(target => Json(target.Value)))
            : "";

    private static string Json(object options) => JsonSerializer.Serialize(options, options.GetType(), Written);

    /// <summary>Each part with its length before it, so that two sets cannot write the same text.</summary>
    private static void Append(StringBuilder text, params ReadOnlySpan<object?> parts)
    {
        foreach (var part in parts)
        {
            var said = Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"{said.Length}:{said};");
        }
    }
}
