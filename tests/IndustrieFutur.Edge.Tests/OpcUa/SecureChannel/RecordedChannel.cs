using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Vectors;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>Both ends of a captured channel, with the keys of both: it follows the nonces, and so knows the keys of every token.</summary>
internal sealed class RecordedChannel : IDisposable
{
    private readonly SecurityPolicy _policy;
    private readonly AsymmetricKeys _client;
    private readonly AsymmetricKeys _server;

    /// <summary>By token and sender, one set of keys to read with and one to write with.</summary>
    private readonly Dictionary<(uint Token, bool FromClient), (SymmetricKeys Reading, SymmetricKeys Writing)> _tokens = [];
    private byte[] _clientNonce = [];
    private MessageSecurityMode _mode;

    public RecordedChannel(SecuredCapture capture)
    {
        _policy = SecurityPolicies.Find(capture.PolicyUri)!;
        _client = Keys(capture.ClientCertificate, capture.ClientKeyPkcs8, capture.ServerCertificate);
        _server = Keys(capture.ServerCertificate, capture.ServerKeyPkcs8, capture.ClientCertificate);
    }

    /// <summary>Those of the sender.</summary>
    public AsymmetricKeys KeysOf(bool isClient) => isClient ? _client : _server;

    /// <summary>Reads an opening chunk as its receiver does: sequence number, request id, body.</summary>
    public ReadOnlySpan<byte> Open(bool fromClient, byte[] wire) => OpenChunk.Read(wire).Open(KeysOf(!fromClient));

    /// <summary>Takes the nonce out of an opening message; the server's makes the token.</summary>
    public void TakeToken(bool fromClient, ReadOnlySpan<byte> open)
    {
        var reader = new UaReader(open[8..]);
        reader.SkipNodeId();
        if (fromClient)
        {
            var request = OpenSecureChannelRequest.Decode(ref reader);
            (_clientNonce, _mode) = (request.ClientNonce!, request.SecurityMode);
            return;
        }

        var response = OpenSecureChannelResponse.Decode(ref reader);
        Add(response.SecurityToken.TokenId, true, response.ServerNonce!, _clientNonce);
        Add(response.SecurityToken.TokenId, false, _clientNonce, response.ServerNonce!);
    }

    /// <summary>Reads a chunk as its receiver does, then writes what was in it as its sender did.</summary>
    public byte[] MakeAgain(bool fromClient, byte[] wire, out ReadOnlySpan<byte> plain)
    {
        var (reading, writing) = _tokens[(BinaryPrimitives.ReadUInt32LittleEndian(wire.AsSpan(12)), fromClient)];
        var chunk = new byte[wire.Length];
        wire.CopyTo(chunk, 0);
        var end = reading.Unprotect(chunk, 0, chunk.Length);
        plain = chunk.AsSpan(SymmetricKeys.ClearBytes, end - SymmetricKeys.ClearBytes).ToArray();
        var again = new byte[wire.Length];
        chunk.AsSpan(0, end).CopyTo(again);

        // The size is for Protect to find.
        again.AsSpan(4, 4).Clear();
        return writing.Protect(again, 0, end) == wire.Length ? again : [];
    }

    public void Dispose()
    {
        foreach (var (reading, writing) in _tokens.Values)
        {
            reading.Dispose();
            writing.Dispose();
        }

        _client.Dispose();
        _server.Dispose();
    }

    private void Add(uint token, bool fromClient, byte[] secret, byte[] seed) =>
        _tokens.Add((token, fromClient), (_policy.DeriveKeys(secret, seed, _mode), _policy.DeriveKeys(secret, seed, _mode)));

    private AsymmetricKeys Keys(byte[] ownDer, byte[] ownKey, byte[] peerDer)
    {
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(ownKey, out _);
        using var certificate = X509CertificateLoader.LoadCertificate(ownDer);
        using var own = certificate.CopyWithPrivateKey(key);
        return AsymmetricKeys.Of(_policy, own, ownDer, peerDer);
    }
}
