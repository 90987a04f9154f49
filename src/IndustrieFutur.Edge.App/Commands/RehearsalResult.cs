using IndustrieFutur.Edge.Control;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>How one command did in the rehearsal.</summary>
/// <param name="Name">The command with its values.</param>
/// <param name="IsConfirmed">Its effect was seen.</param>
/// <param name="Text">The gate's sentence, or why it never came to it.</param>
/// <param name="Millis">From the request to the outcome.</param>
internal sealed record RehearsalResult(string Name, bool IsConfirmed, string Text, long Millis)
{
    public static RehearsalResult Of(string name, CommandAnswer answer) => new(name, answer.Outcome == Outcome.Confirmed, answer.TextEn, answer.Millis);
}
