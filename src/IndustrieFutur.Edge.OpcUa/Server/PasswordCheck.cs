namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>Whether this is that user's password, as UTF-8; must take the same time for a wrong one as for the right one. The password is wiped after the call.</summary>
public delegate bool PasswordCheck(string user, ReadOnlySpan<byte> password);
