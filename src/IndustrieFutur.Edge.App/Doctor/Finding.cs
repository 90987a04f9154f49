namespace IndustrieFutur.Edge.App.Doctor;

/// <summary>One thing the doctor looked at, and what a person can do when it is not well.</summary>
internal sealed record Finding(string Subject, Verdict Verdict, string Text);
