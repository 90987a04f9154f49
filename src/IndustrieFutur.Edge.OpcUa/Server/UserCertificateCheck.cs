using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>Whether the holder of this certificate, who has proven that its key is hers, is a user here. The certificate is disposed of after the call.</summary>
public delegate bool UserCertificateCheck(X509Certificate2 certificate);
