namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>What a value of the configuration is, as it was written.</summary>
internal enum LocatedKind
{
    Object,
    List,
    Text,
    Number,
    True,
    False,
    Null,

    /// <summary>Text of an environment variable: it may stand for a text, a number or a switch.</summary>
    Loose,
}
