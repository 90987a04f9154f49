using System.Collections;

namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>Brings the sources of a configuration into one tree: the file, <c>conf.d/*.json</c> beside it, then <c>IFEDGE__...</c> variables.</summary>
internal sealed class LocatedSources(List<LocatedMistake> mistakes)
{
    private const string SchemaKey = "$schema";

    /// <summary>A configuration of 10,000 signals is 2 MB; beyond 16 MB somebody named the wrong file.</summary>
    private const long FileBytesMax = 16 * 1024 * 1024;

    /// <summary>Null when a source cannot be read at all; the mistakes say which and why.</summary>
    public LocatedNode? Read(string file, IDictionary environment)
    {
        var root = ReadFile(file, 0);
        var parts = PartsBeside(file).Select((part, index) => ReadFile(part, index + 1)).ToList();
        if (root is null || parts.Contains(null))
        {
            return null;
        }

        foreach (var part in parts)
        {
            Merge(root, part!, "");
        }

        new EnvironmentOverrides(mistakes).Apply(root, environment);
        return root;
    }

    private string[] PartsBeside(string file)
    {
        var folder = Path.Combine(Path.GetDirectoryName(file) ?? "", "conf.d");
        try
        {
            var parts = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
            Array.Sort(parts, string.CompareOrdinal);
            return parts;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var place = new Place(folder, 1, 0, 0);
            mistakes.Add(new LocatedMistake(place, "", "this user may not list the folder; give it the right, or remove the folder"));
            return [];
        }
    }

    private LocatedNode? ReadFile(string file, int order)
    {
        var place = new Place(file, order, 0, 0);
        if (ReadBytes(file, out var error) is not { } content)
        {
            mistakes.Add(new LocatedMistake(place, "", error));
            return null;
        }

        var root = LocatedJson.Read(content, file, order, mistakes);
        if (root is null || root.Kind == LocatedKind.Object)
        {
            return root?.Without(SchemaKey);
        }

        mistakes.Add(new LocatedMistake(root.Place, "", $"a configuration is an object {{...}}, not {root.InWords()}"));
        return null;
    }

    private static byte[]? ReadBytes(string file, out string error)
    {
        try
        {
            error = "";
            if (Directory.Exists(file))
            {
                error = "is a folder; name the configuration file in it";
                return null;
            }

            if (new FileInfo(file) is { Exists: true, Length: > FileBytesMax })
            {
                error = "is larger than 16 MB; name the configuration file";
                return null;
            }

            return File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            error = "there is no such file; name the configuration file, or start from config/edge.json";
        }
        catch (UnauthorizedAccessException)
        {
            error = "this user may not read the file; give it the right (chmod, chown), or run as a user who has it";
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException or ArgumentException)
        {
            error = $"the file cannot be read ({exception.Message}); check the name and the disk";
        }

        return null;
    }

    /// <summary>Objects merge; the same key with a value in both is a mistake, because either file alone looks right.</summary>
    private void Merge(LocatedNode into, LocatedNode part, string path)
    {
        foreach (var member in part.Members)
        {
            var keyPath = ConfigurationPath.Join(path, member.Key);
            if (into.Find(member.Key) is not { } first)
            {
                into.Set(member);
                continue;
            }

            if (first.Value.Kind == LocatedKind.Object && member.Value.Kind == LocatedKind.Object)
            {
                Merge(first.Value, member.Value, keyPath);
                continue;
            }

            mistakes.Add(new LocatedMistake(member.Place, keyPath, $"the key is also written at {first.Place}; keep it in one of the two files"));
        }
    }
}
