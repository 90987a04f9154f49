using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>Says whether a client's certificate is accepted, before anything is decrypted for that client.</summary>
/// <param name="derChain">The certificate, and perhaps its issuers behind it.</param>
/// <param name="policy">Under which the channel is opened.</param>
/// <param name="applicationUri">The one in the certificate; that the client calls itself the same is checked when it opens a session.</param>
public delegate CertificateVerdict ClientCertificateCheck(ReadOnlyMemory<byte> derChain, SecurityPolicy policy, string applicationUri);
