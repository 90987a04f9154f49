using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Says whether a server's certificate is accepted, before anything is sent to that server that it could misuse.</summary>
/// <param name="derChain">The certificate, and perhaps its issuers behind it.</param>
/// <param name="endpoint">What the server says of itself: its application URI must be the certificate's.</param>
/// <param name="address">Where we connect to, as it was configured: its host must be in the certificate.</param>
public delegate CertificateVerdict ServerCertificateCheck(ReadOnlyMemory<byte> derChain, EndpointDescription endpoint, EndpointAddress address);
