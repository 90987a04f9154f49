namespace IndustrieFutur.Edge.Core.Configuration;

/// <summary>
/// Collects every mistake of a configuration object, each at its path below that object; whoever read the file adds file, line and
/// column. A message says what is wrong and what to write instead.
/// </summary>
public sealed class Mistakes
{
    private readonly List<Mistake> _list;
    private readonly string[] _prefix;

    public Mistakes()
        : this([], [])
    {
    }

    private Mistakes(List<Mistake> list, string[] prefix)
    {
        _list = list;
        _prefix = prefix;
    }

    public IReadOnlyList<Mistake> All => _list;

    /// <summary>Adds a mistake at the path (JSON keys from the object this collector stands at).</summary>
    public void Add(string message, params string[] path) => _list.Add(new Mistake([.. _prefix, .. path], message));

    /// <summary>A collector for the object at a path below this one; it adds to the same list.</summary>
    public Mistakes Under(params string[] path) => new(_list, [.. _prefix, .. path]);
}
