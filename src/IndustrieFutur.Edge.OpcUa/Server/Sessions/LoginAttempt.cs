namespace IndustrieFutur.Edge.OpcUa.Server.Sessions;

/// <summary>Who tries to log in: from where, by which application, as whom.</summary>
/// <param name="Address">As <see cref="Connections.PeerKey"/> has it.</param>
/// <param name="Client">The thumbprint of the certificate whose key the client has proven; empty where the channel has no security.</param>
/// <param name="User">The name that it shows.</param>
internal readonly record struct LoginAttempt(string Address, string Client, string User);
