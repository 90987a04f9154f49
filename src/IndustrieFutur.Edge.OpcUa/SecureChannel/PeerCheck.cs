using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>Says whether a client's certificate is trusted: throws a <see cref="UaException"/> when it is not. The client hears no more than that it failed.</summary>
public delegate void PeerCheck(ReadOnlyMemory<byte> derChain, SecurityPolicy policy);
