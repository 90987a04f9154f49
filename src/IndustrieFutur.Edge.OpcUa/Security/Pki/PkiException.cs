using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Our own certificates, or the folder where they lie, are not as they must be; the message says what a person can do.</summary>
public class PkiException(string message, Exception? inner = null) : UaException(StatusCodes.BadConfigurationError, message, inner);
