namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>The audit cannot be written: nothing is ordered then. The message says what happened and what a person can do.</summary>
public sealed class AuditException(string message, Exception? cause = null) : Exception(message, cause);
