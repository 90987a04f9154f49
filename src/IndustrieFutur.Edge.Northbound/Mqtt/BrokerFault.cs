using System.Net.Sockets;
using System.Net.WebSockets;
using MQTTnet;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>Finds the sentence that tells a person why a connection to a broker failed, and what to do.</summary>
internal static class BrokerFault
{
    /// <summary>How brokers of 3.1.1 refuse a version, whatever version that was (MQTT 3.1.1, 3.2.2.3: 0x01).</summary>
    private const MqttClientConnectResultCode OldVersionRefusal = (MqttClientConnectResultCode)1;

    /// <summary>The broker answered, and the answer was no.</summary>
    public static BrokerException Refused(MqttClientConnectResult answer)
    {
        var said = $"{answer.ResultCode} {answer.ReasonString}".TrimEnd(' ', '.');
        return answer.ResultCode switch
        {
            MqttClientConnectResultCode.UnsupportedProtocolVersion or OldVersionRefusal => new BrokerException(
                "Le broker ne parle pas cette version de MQTT ; écrivez l'autre dans \"version\".",
                $"The broker does not speak this version of MQTT ({said}); write the other one under \"version\".")
            { IsRefusal = true, MayBeVersion = true },
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized => new BrokerException(
                "Le broker refuse l'utilisateur ou le mot de passe ; vérifiez \"user\", \"password\" et les droits sur le broker.",
                $"The broker refuses user or password ({said}); check \"user\", \"password\" and the rights at the broker.")
            { IsRefusal = true },
            MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy => new BrokerException(
                "Le broker est occupé ou démarre ; nouvel essai.", $"The broker is busy or starting ({said})."),
            _ => new BrokerException($"Le broker refuse la connexion ({said}).", $"The broker refuses the connection ({said}).")
            {
                IsRefusal = true,
                MayBeVersion = answer.ResultCode is MqttClientConnectResultCode.UnspecifiedError or MqttClientConnectResultCode.MalformedPacket or MqttClientConnectResultCode.ProtocolError,
            },
        };
    }

    /// <summary>There was no answer, or none that could be read.</summary>
    public static BrokerException Of(Exception cause, BrokerOptions options, string address, bool sawCertificate)
    {
        var causes = Causes(cause).ToArray();
        var deepest = causes[^1].Message.TrimEnd('.');
        if (causes.OfType<SocketException>().FirstOrDefault(IsAbsence) is { } absence)
        {
            return new BrokerException(
                $"Aucun broker ne répond ({absence.Message}) ; fonctionne-t-il, l'adresse est-elle juste ?",
                $"No broker answers ({absence.Message}); is it running, and is the address right?", cause);
        }

        var isSecure = BrokerOptions.IsSecure(new Uri(address));
        if (isSecure && !sawCertificate)
        {
            return new BrokerException(
                $"Pas de liaison TLS ({deepest}) ; ce port est-il le port TLS du broker ?",
                $"No TLS ({deepest}); is this port the broker's TLS port?", cause);
        }

        var (french, english) = !isSecure ? SecureHint : options.CertificateFile is null ? CertificateHint : ("", "");
        return causes.OfType<WebSocketException>().Any()
            ? new BrokerException(
                $"Pas de WebSocket à cette adresse ({deepest}) ; vérifiez le port et le chemin{french}.",
                $"No WebSocket there ({deepest}); check port and path{english}.", cause)
            : new BrokerException(
                $"Le broker ferme la connexion sans réponse ({deepest}){french}.",
                $"The broker closes the connection without an answer ({deepest}){english}.", cause)
            { MayBeVersion = true };
    }

    /// <summary>Nobody was there, or the way does not lead there; anything else is a peer that hung up.</summary>
    private static bool IsAbsence(SocketException cause) => cause.SocketErrorCode
        is SocketError.ConnectionRefused or SocketError.TimedOut
        or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.HostDown or SocketError.NoData or SocketError.TryAgain
        or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.AddressNotAvailable;

    /// <summary>With TLS 1.3 a broker that asks for a certificate takes the connection first, and then hangs up.</summary>
    private static (string French, string English) CertificateHint =>
        (" ; s'il demande un certificat client, indiquez \"certificateFile\" et \"keyFile\"", "; if it asks for a client certificate, name \"certificateFile\" and \"keyFile\"");

    /// <summary>A TLS port hangs up on whoever does not begin with TLS.</summary>
    private static (string French, string English) SecureHint =>
        (" ; si c'est son port TLS, écrivez mqtts:// (wss:// pour un WebSocket)", "; if this is its TLS port, write mqtts:// (wss:// for a WebSocket)");

    private static IEnumerable<Exception> Causes(Exception cause)
    {
        for (var next = cause; next is not null; next = next.InnerException)
        {
            yield return next;
        }
    }
}
