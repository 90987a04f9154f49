namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>What was asked of the store is written wrong, or names nothing with which it can be done; the store is as it was.</summary>
public sealed class PkiUsageException(string message) : PkiException(message);
