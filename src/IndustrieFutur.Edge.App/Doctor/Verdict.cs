namespace IndustrieFutur.Edge.App.Doctor;

/// <summary>How a thing looks.</summary>
internal enum Verdict
{
    Ok,
    Warning,
    Fail,
}
