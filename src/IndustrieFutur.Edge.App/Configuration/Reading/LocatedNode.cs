namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>One value of the configuration with the place where it stands.</summary>
internal sealed class LocatedNode(LocatedKind kind, Place place, string text = "")
{
    private readonly List<LocatedMember> _members = [];
    private readonly Dictionary<string, int> _byKey = [];

    public LocatedKind Kind => kind;

    public Place Place => place;

    /// <summary>The text of a text, the digits of a number; empty for everything else.</summary>
    public string Text => text;

    /// <summary>The keys of an object, in the order of the file.</summary>
    public IReadOnlyList<LocatedMember> Members => _members;

    /// <summary>The entries of a list.</summary>
    public List<LocatedNode> Items { get; } = [];

    public LocatedMember? Find(string key) => _byKey.TryGetValue(key, out var index) ? _members[index] : null;

    /// <summary>A key as an environment variable spells it: upper and lower case are the same.</summary>
    public LocatedMember? FindAnyCase(string key) =>
        Find(key) ?? _members.Find(member => string.Equals(member.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds a key, or puts another value under one that is there.</summary>
    public void Set(LocatedMember member)
    {
        if (_byKey.TryGetValue(member.Key, out var index))
        {
            _members[index] = member;
            return;
        }

        _byKey.Add(member.Key, _members.Count);
        _members.Add(member);
    }

    /// <summary>The same object without a key that is nobody's business, such as <c>"$schema"</c>.</summary>
    public LocatedNode Without(string key)
    {
        var rest = new LocatedNode(kind, place, text);
        foreach (var member in _members.Where(member => member.Key != key))
        {
            rest.Set(member);
        }

        return rest;
    }

    /// <summary>The value in words, for a message: what stands there.</summary>
    public string InWords() => kind switch
    {
        LocatedKind.Object => "an object {...}",
        LocatedKind.List => "a list [...]",
        LocatedKind.Text or LocatedKind.Loose => $"the text \"{Short(text)}\"",
        LocatedKind.Number => $"the number {Short(text)}",
        LocatedKind.True => "true",
        LocatedKind.False => "false",
        _ => "null",
    };

    /// <summary>A message is one line of a terminal: 60 characters of a value are enough to find it.</summary>
    private static string Short(string value)
    {
        var line = value.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : line[..60] + "...";
    }
}
