using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>One of the ways in which a server lets its channels be secured.</summary>
public readonly record struct ServerEndpointSecurity(SecurityPolicy Policy, MessageSecurityMode Mode);
