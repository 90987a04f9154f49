namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What a proof found, for the line that `tests/prove` prints; it names the file in EDGE_PROOF_FIGURE.</summary>
internal static class Figure
{
    /// <summary>Says it on one line: "0 B/sample over 1,000,000 samples". The last call counts.</summary>
    public static void Say(string figure)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(figure);
        if (Environment.GetEnvironmentVariable("EDGE_PROOF_FIGURE") is { Length: > 0 } path)
        {
            File.WriteAllText(path, figure.ReplaceLineEndings(" ") + "\n");
        }
    }
}
