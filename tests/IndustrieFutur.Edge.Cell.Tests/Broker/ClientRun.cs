namespace IndustrieFutur.Edge.Cell.Tests.Broker;

/// <summary>How a foreign client ended, and what it said.</summary>
internal sealed record ClientRun(int ExitCode, string Output, string Errors);
