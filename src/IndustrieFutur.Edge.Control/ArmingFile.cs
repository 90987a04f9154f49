using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Control;

/// <summary>
/// Which sets of commands were rehearsed on the simulator, which one is armed, and whether commands were switched off: small files in the data folder, 0600,
/// written whole and put in place.
/// </summary>
public sealed class ArmingFile(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string ArmedPath => Path.Combine(folder, "commands-armed.json");

    private string OffPath => Path.Combine(folder, "commands-off.json");

    /// <summary>Of the commands that are armed; 0: none. What cannot be read arms nothing.</summary>
    public ulong Armed
    {
        get
        {
            try
            {
                var text = (string?)JsonNode.Parse(File.ReadAllText(ArmedPath))?["commands"];
                return ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash) ? hash : 0;
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>They were switched off, and by nobody on again: a restart keeps that.</summary>
    public bool IsOff => File.Exists(OffPath);

    /// <summary>This set was rehearsed, every command of it.</summary>
    public bool IsRehearsed(ulong commandsHash) => File.Exists(RehearsedPath(commandsHash));

    public void Arm(ulong commandsHash, string who) => Write(ArmedPath, commandsHash, who);

    /// <summary>Every command of this set was confirmed on the simulator.</summary>
    public void Rehearsed(ulong commandsHash, string who) => Write(RehearsedPath(commandsHash), commandsHash, who);

    public void Switch(bool isOn, string who)
    {
        if (isOn)
        {
            File.Delete(OffPath);
            return;
        }

        Write(OffPath, 0, who);
    }

    private string RehearsedPath(ulong hash) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"commands-rehearsed-{hash:x16}.json"));

    private void Write(string path, ulong hash, string who)
    {
        Directory.CreateDirectory(folder);
        var body = new JsonObject { ["commands"] = hash.ToString("x16", CultureInfo.InvariantCulture), ["who"] = who };
        var beside = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(beside, options))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(body));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
