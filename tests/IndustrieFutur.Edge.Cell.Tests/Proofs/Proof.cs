namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>How long a proof is to run. `tests/prove` says it in EDGE_PROOF; without it, as in a plain test run, the short form runs.</summary>
internal static class Proof
{
    /// <summary>True: the length that the issue asks for. False: seconds, so that every change can be put to it.</summary>
    public static bool IsWhole => Environment.GetEnvironmentVariable("EDGE_PROOF") == "whole";

    /// <summary>The one of the two that fits the length asked for.</summary>
    public static T Length<T>(T whole, T brief) => IsWhole ? whole : brief;
}
