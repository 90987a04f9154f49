using System.Collections;

namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>
/// Puts <c>IFEDGE__sinks__site__url=...</c> over what the files say: containers and service units set one value without a file.
/// Key names may be written in any case, because many tools write variables in capitals.
/// </summary>
internal sealed class EnvironmentOverrides(List<LocatedMistake> mistakes)
{
    public const string Prefix = "IFEDGE__";

    private const string Separator = "__";

    public void Apply(LocatedNode root, IDictionary environment)
    {
        var names = environment.Keys.OfType<string>().Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            Set(root, name, environment[name] as string ?? "");
        }
    }

    private void Set(LocatedNode root, string name, string text)
    {
        var place = Place.Environment(name);
        var keys = name[Prefix.Length..].Split(Separator);
        if (keys.Contains(""))
        {
            mistakes.Add(new LocatedMistake(place, "", $"an empty key; write {Prefix}sinks__site__url=... with two underscores between keys"));
            return;
        }

        if (Holder(root, keys, place) is { } holder && Value(text, place) is { } value)
        {
            holder.Set(new LocatedMember(holder.FindAnyCase(keys[^1])?.Key ?? keys[^1], place, value));
        }
    }

    /// <summary>The object that holds the last key; made on the way when the files have none.</summary>
    private LocatedNode? Holder(LocatedNode root, string[] keys, Place place)
    {
        var (node, path) = (root, "");
        foreach (var key in keys[..^1])
        {
            var member = node.FindAnyCase(key) ?? new LocatedMember(key, place, new LocatedNode(LocatedKind.Object, place));
            path = ConfigurationPath.Join(path, member.Key);
            if (member.Value.Kind != LocatedKind.Object)
            {
                mistakes.Add(new LocatedMistake(place, path, $"holds {member.Value.InWords()} and has no keys below; correct the variable's name"));
                return null;
            }

            node.Set(member);
            node = member.Value;
        }

        return node;
    }

    private LocatedNode? Value(string text, Place place) =>
        text.TrimStart() is ['[' or '{', ..]
            ? LocatedJson.Read(text, place, mistakes)
            : new LocatedNode(LocatedKind.Loose, place, text);
}
