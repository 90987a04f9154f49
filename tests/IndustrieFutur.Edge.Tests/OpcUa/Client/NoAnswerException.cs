namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>The script says that this request is to have no answer.</summary>
internal sealed class NoAnswerException : Exception;
