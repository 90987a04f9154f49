namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>One key of an object with the place where the key stands, and its value.</summary>
internal sealed record LocatedMember(string Key, Place Place, LocatedNode Value);
