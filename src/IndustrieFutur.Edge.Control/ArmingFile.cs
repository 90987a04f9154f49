using System.Globalization;
using System.Text;

namespace IndustrieFutur.Edge.Control;

/// <summary>
/// Which sets of commands were rehearsed on the simulator, and which one is armed: small files in the data folder, 0600, written whole and put in place.
/// </summary>
public sealed class ArmingFile(string folder)
{
    /// <summary>Of the commands that are armed; 0: none.</summary>
    public ulong Armed => Read("commands.armed");

    /// <summary>Somebody turned commands off at run time, and nobody on again: a restart does not.</summary>
    public bool IsSwitchedOff => File.Exists(Path.Combine(folder, "commands.off"));

    /// <summary>This set was rehearsed, every command of it.</summary>
    public bool IsRehearsed(ulong commandsHash) => commandsHash != 0 && Read("commands.rehearsed") == commandsHash;

    public void Arm(ulong commandsHash, string who) => Write("commands.armed", commandsHash, who);

    /// <summary>Every command of this set was confirmed on the simulator.</summary>
    public void Rehearsed(ulong commandsHash, string who) => Write("commands.rehearsed", commandsHash, who);

    /// <summary>Keeps the switch over a restart.</summary>
    public void Switched(bool on, string who)
    {
        if (on)
        {
            File.Delete(Path.Combine(folder, "commands.off"));
        }
        else
        {
            Write("commands.off", 0, who);
        }
    }

    /// <summary>A file that is not there, cannot be read or says something else arms nothing.</summary>
    private ulong Read(string name)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(folder, name)).FirstOrDefault() ?? "";
            return ulong.TryParse(line.Split(' ')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash) ? hash : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private void Write(string name, ulong hash, string who)
    {
        var file = Path.Combine(folder, name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(file + ".new", options))
        {
            stream.Write(Encoding.UTF8.GetBytes($"{hash:x16} {who}\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
    }
}
