namespace IndustrieFutur.Edge.Tests.OpcUa.Vectors;

/// <summary>One protected chunk with what lies in it.</summary>
/// <param name="FromClient">Who sent it.</param>
/// <param name="Kind">"OPN", "MSGF" or "CLOF".</param>
/// <param name="Wire">As it went over the wire.</param>
/// <param name="Plaintext">Sequence header, body, padding and signature.</param>
/// <param name="SignedHeaderLength">Of an OPN: where its encrypted part begins.</param>
internal sealed record SecuredMessage(bool FromClient, string Kind, byte[] Wire, byte[] Plaintext, int SignedHeaderLength);
