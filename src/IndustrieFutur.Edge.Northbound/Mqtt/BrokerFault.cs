using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using MQTTnet;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>Finds the sentence that tells a person why a connection to a broker failed, and what to do.</summary>
internal static class BrokerFault
{
    /// <summary>The broker answered, and the answer was no.</summary>
    public static BrokerException Refused(MqttClientConnectResult answer)
    {
        var said = $"{answer.ResultCode} {answer.ReasonString}".TrimEnd(' ', '.');
        return answer.ResultCode switch
        {
            MqttClientConnectResultCode.UnsupportedProtocolVersion => new BrokerException(
                "Le broker ne parle pas cette version de MQTT ; écrivez l'autre dans \"version\".",
                $"The broker does not speak this version of MQTT ({said}); write the other one under \"version\".") { IsRefusal = true, MayBeVersion = true },
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized => new BrokerException(
                "Le broker refuse l'utilisateur ou le mot de passe ; vérifiez \"user\", \"password\" et les droits sur le broker.",
                $"The broker refuses user or password ({said}); check \"user\", \"password\" and the rights at the broker.") { IsRefusal = true },
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
    public static BrokerException Of(Exception cause, BrokerOptions options)
    {
        var causes = Causes(cause).ToArray();
        var deepest = causes[^1].Message.TrimEnd('.');
        if (causes.OfType<AuthenticationException>().Any())
        {
            return new BrokerException(
                $"Pas de liaison TLS ({deepest}) ; ce port est-il le port TLS du broker ?",
                $"No TLS ({deepest}); is this port the broker's TLS port?", cause);
        }

        if (causes.OfType<WebSocketException>().Any() && !causes.OfType<SocketException>().Any())
        {
            return new BrokerException(
                $"Pas de WebSocket à cette adresse ({deepest}) ; vérifiez le port et le chemin.",
                $"No WebSocket there ({deepest}); check port and path.", cause);
        }

        return causes.OfType<SocketException>().FirstOrDefault() is { SocketErrorCode: not (SocketError.ConnectionReset or SocketError.Shutdown) } socket
            ? new BrokerException($"Aucun broker ne répond ({socket.Message}) ; fonctionne-t-il, l'adresse est-elle juste ?", $"No broker answers ({socket.Message}); is it running, and is the address right?", cause)
            : Hung(deepest, options, cause);
    }

    /// <summary>Taken, and closed without an answer: an old broker does that to version 5, and one that asks for a certificate to who has none.</summary>
    private static BrokerException Hung(string deepest, BrokerOptions options, Exception cause)
    {
        var wantsCertificate = BrokerOptions.IsSecure(new Uri(options.Url)) && options.CertificateFile is null;
        return new BrokerException(
            $"Le broker ferme la connexion sans réponse ({deepest})" + (wantsCertificate ? " ; demande-t-il un certificat client (\"certificateFile\", \"keyFile\") ?" : "."),
            $"The broker closes the connection without an answer ({deepest})" + (wantsCertificate ? "; does it ask for a client certificate (\"certificateFile\", \"keyFile\")?" : "."),
            cause)
        {
            MayBeVersion = true,
        };
    }

    private static IEnumerable<Exception> Causes(Exception cause)
    {
        for (var next = cause; next is not null; next = next.InnerException)
        {
            yield return next;
        }
    }
}
