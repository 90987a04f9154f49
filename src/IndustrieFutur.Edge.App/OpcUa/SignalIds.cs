namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>
/// Makes ids for signals from where their nodes are: the shortest end of the path that no other has, in letters that our configuration
/// allows, such as <c>axis_1.actualposition</c>.
/// </summary>
internal static class SignalIds
{
    /// <summary>What the configuration allows (OptionsBinder.IdPattern).</summary>
    private const int LengthMax = 80;

    /// <summary>Parts of a path that say nothing to an operator: containers of the companion specifications.</summary>
    private static readonly string[] Containers = ["parameterset", "methodset", "monitoring", "components"];

    /// <summary>What stands between the names and places of a part.</summary>
    private static readonly char[] OfParts = ['.', ',', '[', ']'];

    private const string Accented = "àâäáãåçèéêëìíîïñòóôöõùúûüýÿÀÂÄÁÃÅÇÈÉÊËÌÍÎÏÑÒÓÔÖÕÙÚÛÜÝ";
    private const string Unaccented = "aaaaaaceeeeiiiinooooouuuuyyAAAAAACEEEEIIIINOOOOOUUUUY";

    /// <summary>One id for each path and the part of the value that is meant there (".Position.X", "[2]", ""), in their order, all different.</summary>
    public static IReadOnlyList<string> For(IReadOnlyList<(string Path, string Part)> places)
    {
        var parts = places.Select(place => Parts(place.Path, place.Part)).ToArray();
        var lengths = parts.Select(all => Math.Min(all.Length, 1)).ToArray();
        while (Clashes(parts, lengths))
        {
            // The clashing ones took one more part of their path.
        }

        return Number([.. parts.Select((all, index) => Join(all, lengths[index]))]);
    }

    /// <summary>Lengthens each id that another one has too; false when none could or had to.</summary>
    private static bool Clashes(string[][] parts, int[] lengths)
    {
        var clashing = parts.Select((all, index) => (Id: Join(all, lengths[index]), Index: index)).GroupBy(one => one.Id).Where(group => group.Count() > 1);
        var lengthened = false;
        foreach (var index in clashing.SelectMany(group => group).Select(one => one.Index).ToArray())
        {
            if (lengths[index] < parts[index].Length)
            {
                lengths[index]++;
                lengthened = true;
            }
        }

        return lengthened;
    }

    /// <summary>What still clashes after the whole path (or was cut) gets a number.</summary>
    private static string[] Number(string[] ids)
    {
        var taken = new HashSet<string>();
        for (var index = 0; index < ids.Length; index++)
        {
            var id = Cut(ids[index], LengthMax);
            for (var number = 2; !taken.Add(id); number++)
            {
                id = $"{Cut(ids[index], LengthMax - 7)}_{number}";
            }

            ids[index] = id;
        }

        return ids;
    }

    private static string Join(string[] parts, int length) => string.Join('.', parts[^length..]);

    /// <summary>The part belongs to the last name: "Tool" and ".Position.X" become "tool.position.x", whatever else there is.</summary>
    private static string[] Parts(string path, string part)
    {
        var all = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Clean).ToArray();
        var telling = all.Where(name => !Containers.Contains(name)).ToArray();
        string[] names = telling.Length > 0 ? telling : ["signal"];
        names[^1] = string.Join('.', part.Split(OfParts, StringSplitOptions.RemoveEmptyEntries).Select(Clean).Prepend(names[^1]));
        return names;
    }

    private static string Clean(string name)
    {
        var letters = name.Select(Plain).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? char.ToLowerInvariant(letter) : '_').ToArray();
        return letters.Length == 0 ? "_" : new string(letters);
    }

    /// <summary>"Température" becomes "temperature". By a table, because a service without ICU (as in a container) cannot decompose letters.</summary>
    private static char Plain(char letter)
    {
        var at = Accented.IndexOf(letter, StringComparison.Ordinal);
        return at < 0 ? letter : Unaccented[at];
    }

    private static string Cut(string id, int length) => id.Length <= length ? id : id[^length..];
}
