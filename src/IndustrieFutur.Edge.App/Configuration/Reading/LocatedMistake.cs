namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>One mistake of a configuration, or a warning, as a person reads it: where, under which keys, what, and what to write instead.</summary>
internal sealed record LocatedMistake(Place Place, string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? $"{Place}: {Message}" : $"{Place}: {Path}: {Message}";
}
