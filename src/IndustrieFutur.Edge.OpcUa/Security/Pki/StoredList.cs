namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>A revocation list in the store.</summary>
internal sealed record StoredList(string File, RevocationList List);
