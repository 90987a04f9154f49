namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// How long a proof is to run, and where it says what it found: `tests/prove` sets EDGE_PROOF and EDGE_PROOF_FIGURE. Without them, as
/// in a plain test run, the short form runs.
/// </summary>
internal static class Proof
{
    /// <summary>True: the length that the issue asks for. False: seconds, so that every change can be put to it.</summary>
    public static bool IsWhole => Environment.GetEnvironmentVariable("EDGE_PROOF") == "whole";

    /// <summary>The one of the two that fits the length asked for.</summary>
    public static T Length<T>(T whole, T brief) => IsWhole ? whole : brief;

    /// <summary>Says what was found on one line: "0 B/sample over 1000000 samples". The last call counts.</summary>
    public static void Say(string figure)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(figure);
        if (Environment.GetEnvironmentVariable("EDGE_PROOF_FIGURE") is { Length: > 0 } path)
        {
            File.WriteAllText(path, figure.ReplaceLineEndings(" ") + "\n");
        }
    }
}
